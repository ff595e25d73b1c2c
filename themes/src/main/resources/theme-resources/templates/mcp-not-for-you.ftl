<#import "mcp-screen.ftl" as page>
<#import "mcp-commons.ftl" as mcp>
<@page.screen heading="mcpNotForYouTitle">
  <p id="mcp-problem">${decision.problem!}</p>
  <@mcp.identity who=decision.identity placeLabel="mcpReturnsTo"/>
  <form action="${url.loginAction}" method="post" class="mcp-answers">
    <@mcp.button answer="deny" label="mcpReturn"/>
  </form>
</@page.screen>
