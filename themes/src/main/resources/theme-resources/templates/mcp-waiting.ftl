<#import "mcp-screen.ftl" as page>
<#import "mcp-commons.ftl" as mcp>
<@page.screen heading="mcpWaitingTitle">
  <p>${msg("mcpWaitingText")}</p>
  <@mcp.identity who=decision.identity/>
  <#if decision.waiting.over>
    <p id="mcp-over" role="status"><strong>${msg("mcpWaitingOver")}</strong></p>
    <form action="${url.loginAction}" method="post" class="mcp-answers">
      <@mcp.button answer="deny" label="mcpReturn" primary=true/>
      <@mcp.link href=decision.refreshUrl id="mcp-check" label="mcpCheckAgain"/>
    </form>
  <#elseif decision.waiting.explaining>
    <form action="${url.loginAction}" method="post" class="mcp-answers">
      <label for="mcp-reason">${msg("mcpReason")}</label>
      <textarea id="mcp-reason" name="reason" rows="3" maxlength="1000" aria-describedby="mcp-reason-hint" autofocus></textarea>
      <p id="mcp-reason-hint" class="mcp-note">${msg("mcpReasonHint")}</p>
      <@mcp.button answer="send" label="mcpSend" primary=true/>
      <@mcp.link href=decision.refreshUrl id="mcp-back" label="mcpBack"/>
    </form>
  <#else>
    <p id="mcp-waiting" role="status">${decision.waiting.since}<br><#if decision.waiting.held>${msg("mcpWaitingHeld")}<#else>${msg("mcpWaitingByItself")}</#if></p>
    <p class="mcp-note"><#if decision.waiting.held><a id="mcp-go-on" href="${decision.refreshUrl}">${msg("mcpWaitingGoOn")}</a><#else><a id="mcp-hold" href="${decision.waiting.heldUrl}">${msg("mcpWaitingHold")}</a></#if></p>
    <#if decision.waiting.approvalsUrl??>
      <p class="mcp-note"><a id="mcp-approvals" href="${decision.waiting.approvalsUrl}" target="_blank" rel="noopener">${msg("mcpYouMayDecide")}</a></p>
    </#if>
    <form action="${url.loginAction}" method="post" class="mcp-answers">
      <@mcp.link href=decision.waiting.held?then(decision.waiting.heldUrl, decision.refreshUrl) id="mcp-check" label="mcpCheckAgain" primary=true/>
      <@mcp.button answer="explain" label="mcpExplain"/>
      <@mcp.button answer="deny" label="mcpStopWaiting"/>
    </form>
  </#if>
</@page.screen>
