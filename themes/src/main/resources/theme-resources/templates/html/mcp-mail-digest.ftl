<#import "template.ftl" as layout>
<@layout.emailLayout>
<p>${msg("mcpMailDigestText")}</p>
<p><a href="${mail.link}">${msg("mcpMailDigestHere")}</a></p>
<p>${msg("mcpMailWhyApprover")}</p>
</@layout.emailLayout>
