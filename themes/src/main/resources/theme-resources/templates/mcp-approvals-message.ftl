<#import "mcp-approvals-layout.ftl" as mcp>
<@mcp.page title=pageTitle>
  <h1>${pageTitle}</h1>
  <p id="mcp-message">${notice.text}</p>
  <#if notice.link??>
    <p><a id="mcp-go-on" href="${notice.link}">${notice.linkText}</a></p>
  </#if>
</@mcp.page>
