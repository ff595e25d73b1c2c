<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg(mail.text)}</p>
<p><strong><bdi>${mail.app}</bdi></strong><#if mail.reason??><br>${msg("mcpApprovalsReason")}: <bdi>${mail.reason}</bdi></#if></p>
<#if mail.link??><p><a href="${mail.link}">${msg("mcpMailYourApps")}</a></p></#if>
<p><bdi>${realmName}</bdi><br>${msg("mcpMailWhyUser")}</p>
</@layout.emailLayout>
