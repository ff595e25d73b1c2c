<#import "template.ftl" as layout>
<#import "mcp-commons.ftl" as mcp>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    ${msg("mcpUnusableTitle")}
  <#elseif section = "form">
    <@mcp.page>
      <p>${msg("mcpUnusableText")}</p>
      <p id="mcp-problem">${decision.problem}</p>
      <@mcp.identity who=decision.identity placeLabel="mcpReturnsTo"/>
      <p>${msg("mcpUnusableReturn")}</p>
      <p class="mcp-answers">
        <a href="${decision.link}" id="mcp-return" rel="noreferrer" class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!(properties.kcButtonDefaultClass!)} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${msg("mcpReturn")}</a>
      </p>
      <p class="mcp-note">${msg("mcpProblemCode")} <code id="mcp-error">${decision.error}</code></p>
    </@mcp.page>
  </#if>
</@layout.registrationLayout>
