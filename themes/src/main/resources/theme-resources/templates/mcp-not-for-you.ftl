<#import "template.ftl" as layout>
<#import "mcp-commons.ftl" as mcp>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    ${msg("mcpNotForYouTitle")}
  <#elseif section = "form">
    <@mcp.page>
      <p id="mcp-problem">${decision.problem!}</p>
      <@mcp.identity who=decision.identity placeLabel="mcpReturnsTo"/>
      <form action="${url.loginAction}" method="post" class="mcp-answers">
        <@mcp.button answer="deny" label="mcpReturn"/>
      </form>
    </@mcp.page>
  </#if>
</@layout.registrationLayout>
