<#import "mcp-screen.ftl" as page>
<#import "mcp-commons.ftl" as mcp>
<@page.screen heading="mcpDeniedTitle">
  <p>${msg("mcpDeniedText")}</p>
  <@mcp.identity who=decision.identity placeLabel="mcpReturnsTo"/>
  <#if decision.reason??>
    <h3>${msg("mcpDeniedReason")}</h3>
    <p id="mcp-denied-reason"><bdi>${decision.reason}</bdi></p>
  </#if>
  <p>${msg("mcpDeniedContact")}</p>
  <form action="${url.loginAction}" method="post" class="mcp-answers">
    <@mcp.button answer="deny" label="mcpReturn" primary=true/>
  </form>
</@page.screen>
