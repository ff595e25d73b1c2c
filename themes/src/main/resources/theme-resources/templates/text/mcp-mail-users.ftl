<#ftl output_format="plainText">
${msg(mail.text)}

${mail.app}
<#if mail.reason??>
${msg("mcpApprovalsReason")}: ${mail.reason}
</#if>
<#if mail.link??>

${msg("mcpMailYourApps")}:
${mail.link}
</#if>

${realmName}
${msg("mcpMailWhyUser")}
