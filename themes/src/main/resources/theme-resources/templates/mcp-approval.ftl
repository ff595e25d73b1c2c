<#import "mcp-approvals-layout.ftl" as mcp>
<#import "mcp-commons.ftl" as shared>
<@mcp.page title=software.identity.app + " · " + msg("mcpApprovalsTitle")>
  <nav class="mcp-ways" aria-label="${msg("mcpApprovalsBack")}">
    <a id="mcp-back" href="${software.listUrl}">${msg("mcpApprovalsBack")}</a>
    <a id="mcp-to-form" href="#mcp-decide">${msg("mcpApprovalsDecide")}</a>
  </nav>
  <@mcp.alerts notice=software.notice!"" problem=software.problem!""/>
  <#if software.next??>
    <p>${msg("mcpApprovalsNextWaiting")}: <a id="mcp-next-waiting" href="${software.next.url}"><bdi>${software.next.name}</bdi></a></p>
  </#if>
  <div class="mcp-columns">
  <div>
    <@shared.identity who=software.identity placeLabel="mcpApprovalsGoesTo" serverLabel="mcpApprovalsServers" heading="h1"> <@mcp.badge kind=software.state label=software.stateLabel/></@shared.identity>
    <#if !software.identity.servers?has_content><p>${msg("mcpApprovalsNoServers")}</p></#if>
    <#if software.document??><p>${msg("mcpApprovalsDocument")} <code><bdi>${software.document}</bdi></code></p></#if>
    <#if software.decision??>
      <p id="mcp-decision"><#if software.history?has_content><strong>${software.history[0].what}</strong>. </#if>${software.decision}
        <#if software.decisionReason?has_content><br><span class="mcp-quote"><bdi>${software.decisionReason}</bdi></span></#if>
        <#if software.decisionLimits??><br>${software.decisionLimits}</#if>
      </p>
    </#if>
    <#if software.claims?has_content>
      <h2>${msg("mcpApprovalsClaims")}</h2>
      <p class="mcp-note">${msg("mcpApprovalsClaimsHint")}</p>
      <#list software.claims as claims>
        <dl class="mcp-facts mcp-rows mcp-claims">
          <#list claims as claim><div><dt>${claim.label}</dt><dd><bdi>${claim.value}</bdi></dd></div></#list>
        </dl>
      </#list>
    </#if>
  </div>
  <div>
    <h2>${msg("mcpApprovalsAskers")}</h2>
    <#if software.askers?has_content>
      <ul class="mcp-plain" id="mcp-askers">
        <#list software.askers as asker>
          <li><strong><bdi>${asker.user}</bdi></strong> <@mcp.when time=asker.asked/>
            <#if asker.reason?has_content><br><span class="mcp-quote"><bdi>${asker.reason}</bdi></span></#if></li>
        </#list>
      </ul>
      <#if software.more><p>${msg("mcpApprovalsMoreAskers")}</p></#if>
    <#else>
      <p>${msg("mcpApprovalsNobodyAsked")}</p>
    </#if>

    <h2>${msg("mcpApprovalsFacts")}</h2>
    <dl class="mcp-facts mcp-rows">
      <div><dt>${msg("mcpApprovalsRegistered")}</dt><dd><@mcp.when time=software.registered/></dd></div>
      <#if software.registeredFrom??><div><dt>${msg("mcpApprovalsFrom")}</dt><dd id="mcp-from"><bdi>${software.registeredFrom}</bdi></dd></div></#if>
      <div><dt>${msg("mcpApprovalsDoorFilter")}</dt><dd>${software.door}</dd></div>
      <div><dt>${msg("mcpApprovalsUsed")}</dt><dd><#if software.used??><@mcp.when time=software.used/><#else>${msg("mcpApprovalsNever")}</#if></dd></div>
      <div><dt>${msg("mcpApprovalsUsers")}</dt><dd id="mcp-users">${software.users}</dd></div>
    </dl>
  </div>
  </div>

  <#if software.similar?has_content>
    <h2>${msg("mcpApprovalsSimilar")}</h2>
    <ul class="mcp-plain" id="mcp-similar">
      <#list software.similar as past>
        <li><a href="${past.url}"><bdi>${past.name}</bdi></a>: ${past.what}, <bdi>${past.by}</bdi>, <@mcp.when time=past.when/>
          <#if past.reason?has_content><br><span class="mcp-quote"><bdi>${past.reason}</bdi></span></#if></li>
      </#list>
    </ul>
  </#if>

  <form action="${software.formUrl}" method="post" class="mcp-decide" id="mcp-decide" aria-labelledby="mcp-decide-title">
    <h2 id="mcp-decide-title">${msg("mcpApprovalsDecide")}</h2>
    <input type="hidden" name="stateChecker" value="${stateChecker}">
    <input type="hidden" name="version" value="${software.version}">
    <@mcp.reason value=software.reason/>
    <details id="mcp-limits"<#if software.limits.any> open</#if>>
      <summary>${msg("mcpLimits")}</summary>
      <p class="mcp-note">${msg("mcpLimitsHint")}</p>
      <label for="mcp-groups">${msg("mcpLimits.groups")}</label>
      <textarea id="mcp-groups" name="groups" rows="2" aria-describedby="mcp-groups-hint">${software.limits.groups}</textarea>
      <p id="mcp-groups-hint" class="mcp-note">${msg("mcpLimitsGroupsHint")}</p>
      <#if software.limits.resources?has_content>
        <fieldset><legend>${msg("mcpLimits.resources")}</legend>
          <#list software.limits.resources as choice>
            <label><input type="checkbox" name="resources" value="${choice.value}"<#if choice.selected> checked</#if>> <bdi>${choice.label}</bdi></label>
          </#list>
        </fieldset>
      </#if>
      <#if software.limits.scopes?has_content>
        <fieldset><legend>${msg("mcpLimits.scopes")}</legend>
          <#list software.limits.scopes as choice>
            <label><input type="checkbox" name="scopes" value="${choice.value}"<#if choice.selected> checked</#if>> <bdi>${choice.label}</bdi></label>
          </#list>
        </fieldset>
      </#if>
      <label for="mcp-until">${msg("mcpLimits.until")}</label>
      <input id="mcp-until" name="until" type="date" value="${software.limits.until}">
    </details>
    <div class="mcp-buttons">
      <#list software.buttons as button><@mcp.button value=button.value label=button.label primary=button.primary danger=button.danger/></#list>
    </div>
  </form>

  <h2>${msg("mcpApprovalsHistory")}</h2>
  <#if software.history?has_content>
    <ol class="mcp-plain" id="mcp-history">
      <#list software.history as past>
        <li><strong>${past.what}</strong>, <bdi>${past.by}</bdi>, <@mcp.when time=past.when/>
          <#if past.reason?has_content><br><span class="mcp-quote"><bdi>${past.reason}</bdi></span></#if>
          <#if past.limits??><br>${past.limits}</#if></li>
      </#list>
    </ol>
  <#else>
    <p>${msg("mcpApprovalsNoHistory")}</p>
  </#if>
</@mcp.page>
