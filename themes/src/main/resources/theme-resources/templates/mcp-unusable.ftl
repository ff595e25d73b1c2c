<#import "mcp-screen.ftl" as page>
<#import "mcp-commons.ftl" as mcp>
<@page.screen heading="mcpUnusableTitle">
  <@mcp.unusable problem=decision.problem! who=decision.identity/>
  <form action="${url.loginAction}" method="post" class="mcp-answers">
    <@mcp.button answer="deny" label="mcpReturn"/>
  </form>
</@page.screen>
