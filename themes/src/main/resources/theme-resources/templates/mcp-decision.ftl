<#import "mcp-screen.ftl" as page>
<#import "mcp-commons.ftl" as mcp>
<@page.screen heading="mcpDecisionTitle">
  <#if decision.allowedBefore??>
    <p id="mcp-allowed-before">${decision.allowedBefore}</p>
    <@mcp.again who=decision.identity/>
  <#else>
    <@mcp.identity who=decision.identity/>
  </#if>
  <form action="${url.loginAction}" method="post" class="mcp-answers" id="mcp-decision">
    <#if decision.careful>
      <@mcp.button answer="deny" label="mcpDeny" primary=true/>
      <@mcp.button answer="once" label="mcpAllowOnce"/>
      <@mcp.button answer="allow" label="mcpAllow"/>
    <#else>
      <@mcp.button answer="allow" label="mcpAllow" primary=true/>
      <@mcp.button answer="once" label="mcpAllowOnce"/>
      <@mcp.button answer="deny" label="mcpDeny"/>
    </#if>
  </form>
  <p class="mcp-note">${msg("mcpTakeBack")}<br>${msg("mcpAllowOnceText")}</p>
</@page.screen>
