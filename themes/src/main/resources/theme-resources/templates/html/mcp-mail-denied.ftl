<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("mcpMailDeniedText")}</p>
<p><strong><bdi>${mail.app}</bdi></strong><#if mail.reason?has_content><br>${msg("mcpApprovalsReason")}: <bdi>${mail.reason}</bdi></#if></p>
<p><a href="${mail.link}">${msg("mcpMailYourApps")}</a></p>
<p>${msg("mcpMailWhyUser")}</p>
</@layout.emailLayout>
