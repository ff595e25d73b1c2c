<#-- A page of its own, wider than a login page and without any script: the policy of this page forbids them. -->
<#macro page title>
<!DOCTYPE html>
<html lang="${lang}"<#if realm.internationalizationEnabled> dir="${(locale.rtl)?then('rtl','ltr')}"</#if>>
<head>
  <meta charset="utf-8">
  <meta name="color-scheme" content="light${darkMode?then(' dark', '')}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex, nofollow">
  <title>${title}</title>
  <link rel="icon" href="${url.resourcesPath}/img/favicon.ico">
  <#if properties.stylesCommon?has_content>
    <#list properties.stylesCommon?split(' ') as style>
  <link rel="stylesheet" href="${url.resourcesCommonPath}/${style}">
    </#list>
  </#if>
  <#if properties.styles?has_content>
    <#list properties.styles?split(' ') as style>
  <link rel="stylesheet" href="${url.resourcesPath}/${style}">
    </#list>
  </#if>
  <link rel="stylesheet" href="${url.resourcesPath}/mcp/mcp.css">
  <link rel="stylesheet" href="${url.resourcesPath}/mcp/approvals.css">
</head>
<body class="mcp-approvals<#if darkMode> mcp-follows-system</#if>">
  <a class="mcp-skip" href="#mcp-main">${msg("mcpApprovalsSkip")}</a>
  <header class="mcp-bar">
    <span class="mcp-realm">${realm.displayName!realm.name}</span>
    <#if visitor??>
      <span class="mcp-visitor"><bdi>${visitor}</bdi> <a id="mcp-sign-out" href="${signOutUrl}">${msg("mcpApprovalsSignOut")}</a></span>
    </#if>
  </header>
  <main id="mcp-main" class="mcp" tabindex="-1">
    <#nested>
  </main>
</body>
</html>
</#macro>

<#macro alerts notice="" problem="">
  <#if notice?has_content>
    <p id="mcp-notice" class="mcp-alert mcp-alert-good" role="status">${notice}</p>
  </#if>
  <#if problem?has_content>
    <p id="mcp-problem" class="mcp-alert mcp-alert-care" role="alert">${problem}</p>
  </#if>
</#macro>

<#macro badge kind label><span class="mcp-badge mcp-badge-${kind}">${label}</span></#macro>

<#macro when time><time datetime="${time.iso}">${time.text}</time></#macro>

<#macro reason value="">
  <label for="mcp-reason">${msg("mcpApprovalsReason")}</label>
  <textarea id="mcp-reason" name="reason" rows="3" maxlength="1000" required aria-describedby="mcp-reason-hint">${value}</textarea>
  <p id="mcp-reason-hint" class="mcp-note">${msg("mcpApprovalsReasonHint")}</p>
</#macro>

<#macro button value label primary=false danger=false>
  <button type="submit" name="action" value="${value}" id="mcp-${value}"
    class="${properties.kcButtonClass!} <#if danger>mcp-danger <#elseif primary>${properties.kcButtonPrimaryClass!}<#else></#if><#if !primary> ${properties.kcButtonSecondaryClass!(properties.kcButtonDefaultClass!)}</#if>">${label}</button>
</#macro>
