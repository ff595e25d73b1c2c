<#ftl output_format="plainText">
${msg(mail.text)}
<#if mail.app??>
<#assign label = "mcpEvidenceLabel." + mail.evidence>

${mail.app}
${msg(label)}
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

${msg("mcpMailWhyApprover")}
