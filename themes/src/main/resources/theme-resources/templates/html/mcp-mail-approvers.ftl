<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg(mail.text)}</p>
<#if mail.app??>
<#assign label = "mcpEvidenceLabel." + mail.evidence>
<p><strong><bdi>${mail.app}</bdi></strong><br>${msg(label)}</p>
</#if>
<#if mail.apps??>
<ul>
<#list mail.apps as app>
<li><bdi>${app}</bdi></li>
</#list>
<#if mail.more??><li>+ ${mail.more}</li></#if>
</ul>
</#if>
<#if mail.link??><p><a href="${mail.link}">${msg(mail.linkText)}</a></p></#if>
<p>${msg("mcpMailWhyApprover")}</p>
</@layout.emailLayout>
