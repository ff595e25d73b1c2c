<#ftl output_format="plainText">
<#assign label = "mcpEvidenceLabel." + mail.evidence>
${msg("mcpMailNewText")}

${mail.app}
${msg(label)}

${msg("mcpMailDecideHere")}:
${mail.link}

${msg("mcpMailWhyApprover")}
