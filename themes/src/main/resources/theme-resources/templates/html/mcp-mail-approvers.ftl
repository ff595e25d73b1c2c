<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg(mail.text)}</p>
<#if mail.app??>
<#assign label = "mcpEvidenceLabel." + mail.evidence>
<#assign places = (mail.hosts![]) + (mail.local??)?then([msg("mcpApprovalsUsersComputer")], [])>
<p><strong><bdi>${mail.app}</bdi></strong><br>${msg(label)}
<#if places?has_content><br>${msg("mcpApprovalsGoesTo")}: <#list places as place><bdi>${place}</bdi><#sep>, </#list></#if></p>
<#if mail.looksLike??><p><strong>${msg("mcpMailLooksLike")} <bdi>${mail.looksLike}</bdi></strong></p></#if>
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
<p><bdi>${realmName}</bdi><br>${msg("mcpMailWhyApprover")}</p>
</@layout.emailLayout>
