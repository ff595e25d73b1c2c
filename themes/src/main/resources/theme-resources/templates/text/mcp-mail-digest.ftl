<#ftl output_format="plainText">
${msg("mcpMailDigestText")}

${msg("mcpMailDigestHere")}:
${mail.link}

${msg("mcpMailWhyApprover")}
