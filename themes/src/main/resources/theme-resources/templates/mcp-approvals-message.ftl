<#import "mcp-approvals-layout.ftl" as mcp>
<@mcp.page title=pageTitle>
  <h1>${pageTitle}</h1>
  <p id="mcp-message">${notice.text}</p>
  <#if notice.back??>
    <p><a href="${notice.back}">${msg("mcpApprovalsBack")}</a></p>
  <#else>
    <p><a id="mcp-sign-out" href="${signOutUrl}">${msg("mcpApprovalsSignOut")}</a></p>
  </#if>
</@mcp.page>
