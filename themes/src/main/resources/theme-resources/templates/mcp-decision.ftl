<#import "template.ftl" as layout>
<#import "mcp-commons.ftl" as mcp>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    ${msg("mcpDecisionTitle")}
  <#elseif section = "form">
    <@mcp.page>
      <@mcp.app/>
      <dl class="mcp-facts">
        <@mcp.destination/>
        <#if decision.server??>
          <div>
            <dt>${msg("mcpServer")}</dt>
            <dd><strong id="mcp-server"><bdi>${decision.server}</bdi></strong> <span><bdi>${decision.serverHost}</bdi></span></dd>
          </div>
        </#if>
        <div>
          <dt>${msg("mcpUser")}</dt>
          <dd><strong id="mcp-user"><bdi>${decision.user}</bdi></strong> <a id="mcp-not-you" href="${url.loginRestartFlowUrl}">${msg("mcpNotYou")}</a></dd>
        </div>
      </dl>
      <h3>${msg("mcpPermissions")}</h3>
      <#if decision.permissions?has_content>
        <ul class="${properties.kcListClass!}" id="mcp-permissions">
          <#list decision.permissions as permission>
            <li>${permission}</li>
          </#list>
        </ul>
      <#else>
        <p>${msg("mcpNoPermissions")}</p>
      </#if>
      <form action="${url.loginAction}" method="post" class="mcp-answers" id="mcp-decision">
        <#if decision.careful>
          <@mcp.button answer="deny" label="mcpDeny" primary=true/>
          <@mcp.button answer="allow" label="mcpAllow"/>
        <#else>
          <@mcp.button answer="allow" label="mcpAllow" primary=true/>
          <@mcp.button answer="deny" label="mcpDeny"/>
        </#if>
      </form>
      <p class="mcp-note">${msg("mcpTakeBack")}</p>
    </@mcp.page>
  </#if>
</@layout.registrationLayout>
