<#-- Who asks, where codes go, for which server, as whom, and for what: each as far as the page has it. -->
<#macro identity who placeLabel="mcpDestination" serverLabel="mcpServer" heading="h2">
  <@app who=who heading=heading><#nested></@app>
  <@parties who=who placeLabel=placeLabel serverLabel=serverLabel/>
  <#if who.permissions??><@permissions of=who.permissions/></#if>
</#macro>

<#-- The same to somebody who has decided about it before. -->
<#macro again who>
  <@app who=who/>
  <dl class="mcp-facts mcp-short">
    <div><dt>${msg("mcpDestination")}</dt><dd><strong id="mcp-destination"><bdi><#list who.places as place>${place.name}</#list></bdi></strong></dd></div>
    <#list who.servers as server>
      <div><dt>${msg("mcpServer")}</dt><dd><strong id="mcp-server"><bdi>${server.name}</bdi></strong></dd></div>
    </#list>
    <div><dt>${msg("mcpUser")}</dt><dd><strong id="mcp-user"><bdi>${who.user}</bdi></strong> <@notYou/></dd></div>
  </dl>
  <details id="mcp-details">
    <summary>${msg("mcpDetails")}</summary>
    <#list who.servers as server><p><bdi>${server.address}</bdi></p></#list>
    <@permissions of=who.permissions/>
  </details>
</#macro>

<#macro app who heading="h2">
  <section class="mcp-app mcp-${who.evidence}" aria-labelledby="mcp-app">
    <div class="mcp-head">
      <#if who.initials?has_content><span class="mcp-tile" aria-hidden="true">${who.initials}</span></#if>
      <${heading} id="mcp-app"><bdi>${who.app}</bdi><#nested></${heading}>
    </div>
    <p><strong class="mcp-label">${who.evidenceLabel}</strong> <span>${who.evidenceText}</span></p>
    <#if who.warning??>
      <p class="mcp-warning" role="alert"><strong>${who.warning}</strong></p>
    </#if>
  </section>
</#macro>

<#macro parties who placeLabel serverLabel>
  <dl class="mcp-facts">
    <#if who.places?has_content>
      <div>
        <dt>${msg(placeLabel)}</dt>
        <#list who.places as place>
          <dd>
            <strong class="mcp-host"<#if place?is_first> id="mcp-destination"</#if>><bdi>${place.name}</bdi></strong>
            <#if place.note??><span>${place.note}</span></#if>
            <#if place.uri??><code><bdi>${place.uri}</bdi></code><#if place.known> <span class="mcp-badge mcp-badge-known">${msg("mcpEvidenceLabel.known")}</span></#if></#if>
          </dd>
        </#list>
      </div>
    </#if>
    <#if who.servers?has_content>
      <div>
        <dt>${msg(serverLabel)}</dt>
        <#list who.servers as server>
          <dd>
            <strong<#if server?is_first> id="mcp-server"</#if>><bdi>${server.name}</bdi></strong> <span><bdi>${server.address}</bdi></span>
            <#if server.scopes?has_content><span>${msg("mcpLimits.scopes")}: <code>${server.scopes}</code></span></#if>
          </dd>
        </#list>
      </div>
    </#if>
    <#if who.user??>
      <div>
        <dt>${msg("mcpUser")}</dt>
        <dd><strong id="mcp-user"><bdi>${who.user}</bdi></strong> <@notYou/></dd>
      </div>
    </#if>
  </dl>
</#macro>

<#macro notYou><a id="mcp-not-you" href="${url.loginRestartFlowUrl}">${msg("mcpNotYou")}</a></#macro>

<#macro permissions of>
  <div class="mcp-permissions" id="mcp-permissions">
    <h3>${msg("mcpPermissions")}</h3>
    <#list of as group>
      <h4>${group.title}</h4>
      <ul class="${properties.kcListClass!}">
        <#list group.sentences as sentence><li>${sentence}</li></#list>
      </ul>
    <#else>
      <p>${msg("mcpNoPermissions")}</p>
    </#list>
  </div>
</#macro>

<#-- Why a request goes no further, and where returning would lead. -->
<#macro unusable problem who>
  <p>${msg("mcpUnusableText")}</p>
  <p id="mcp-problem">${problem}</p>
  <@identity who=who placeLabel="mcpReturnsTo"/>
  <p>${msg("mcpUnusableReturn")}</p>
</#macro>

<#macro button answer label primary=false>
  <button type="submit" name="answer" value="${answer}" id="mcp-${answer}" class="${look(primary)}">${msg(label)}</button>
</#macro>

<#-- Looks like a button, and sends nothing. -->
<#macro link href id label primary=false>
  <a href="${href}" id="${id}" rel="noreferrer" class="${look(primary)}">${msg(label)}</a>
</#macro>

<#function look primary>
  <#local kind = primary?then(properties.kcButtonPrimaryClass!"", properties.kcButtonSecondaryClass!(properties.kcButtonDefaultClass!""))>
  <#return ["mcp-button", properties.kcButtonClass!"", kind, properties.kcButtonBlockClass!"", properties.kcButtonLargeClass!""]?join(" ")>
</#function>
