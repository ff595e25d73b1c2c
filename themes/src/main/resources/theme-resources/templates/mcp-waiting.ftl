<#import "template.ftl" as layout>
<#import "mcp-commons.ftl" as mcp>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    ${msg("mcpWaitingTitle")}
  <#elseif section = "form">
    <@mcp.page>
      <p>${msg("mcpWaitingText")}</p>
      <@mcp.identity who=decision.identity/>
      <#if decision.over>
        <p id="mcp-over" role="status"><strong>${msg("mcpWaitingOver")}</strong></p>
        <form action="${url.loginAction}" method="post" class="mcp-answers">
          <@mcp.button answer="deny" label="mcpReturn" primary=true/>
        </form>
        <p class="mcp-note"><a href="${decision.refreshUrl}">${msg("mcpCheckAgain")}</a></p>
      <#elseif decision.explaining>
        <form action="${url.loginAction}" method="post" class="mcp-answers">
          <label for="mcp-reason">${msg("mcpReason")}</label>
          <textarea id="mcp-reason" name="reason" rows="3" maxlength="1000" aria-describedby="mcp-reason-hint" autofocus></textarea>
          <p id="mcp-reason-hint" class="mcp-note">${msg("mcpReasonHint")}</p>
          <@mcp.button answer="send" label="mcpSend" primary=true/>
        </form>
        <p class="mcp-note"><a href="${decision.refreshUrl}">${msg("mcpBack")}</a></p>
      <#else>
        <p id="mcp-waiting" role="status">${decision.waitingSince}</p>
        <#if decision.approvalsUrl??>
          <p class="mcp-note"><a id="mcp-approvals" href="${decision.approvalsUrl}" target="_blank" rel="noopener">${msg("mcpYouMayDecide")}</a></p>
        </#if>
        <p><a id="mcp-check" href="${decision.refreshUrl}" class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${msg("mcpCheckAgain")}</a></p>
        <form action="${url.loginAction}" method="post" class="mcp-answers">
          <@mcp.button answer="explain" label="mcpExplain"/>
          <@mcp.button answer="deny" label="mcpStopWaiting"/>
        </form>
      </#if>
    </@mcp.page>
  </#if>
</@layout.registrationLayout>
