<#ftl output_format="plainText">
${msg(mail.text)}
<#if mail.app??>
<#assign label = "mcpEvidenceLabel." + mail.evidence>
<#assign places = (mail.hosts![]) + (mail.local??)?then([msg("mcpApprovalsUsersComputer")], [])>

${mail.app}
${msg(label)}
<#if places?has_content>
${msg("mcpApprovalsGoesTo")}: ${places?join(", ")}
</#if>
<#if mail.looksLike??>

${msg("mcpMailLooksLike")} ${mail.looksLike}
</#if>
</#if>
<#if mail.apps??>

<#list mail.apps as app>
- ${app}
</#list>
<#if mail.more??>
+ ${mail.more}
</#if>
</#if>
<#if mail.link??>

${msg(mail.linkText)}:
${mail.link}
</#if>

${realmName}
${msg("mcpMailWhyApprover")}
