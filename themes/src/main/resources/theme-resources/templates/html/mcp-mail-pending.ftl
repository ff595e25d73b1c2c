<#import "template.ftl" as layout>
<#assign label = "mcpEvidenceLabel." + mail.evidence>
<@layout.emailLayout>
<p>${msg("mcpMailNewText")}</p>
<p><strong><bdi>${mail.app}</bdi></strong><br>${msg(label)}</p>
<p><a href="${mail.link}">${msg("mcpMailDecideHere")}</a></p>
<p>${msg("mcpMailWhyApprover")}</p>
</@layout.emailLayout>
