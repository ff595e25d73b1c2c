<#ftl output_format="plainText">
${msg("mcpMailApprovedText")}

${mail.app}
<#if mail.reason?has_content>
${msg("mcpApprovalsReason")}: ${mail.reason}
</#if>

${msg("mcpMailYourApps")}:
${mail.link}

${msg("mcpMailWhyUser")}
