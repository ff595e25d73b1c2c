<#-- Keycloak's own consent page. Clients of the gate come here only where something is asked for that the gate could not record. -->
<#import "mcp-screen.ftl" as page>
<#import "mcp-commons.ftl" as mcp>
<#assign ours = client.attributes["mcp.software"]??>
<#assign careful = ours && !(mcpConsent?? && mcpConsent.identity.evidence == "known")>
<@page.screen heading="mcpDecisionTitle" bodyClass="oauth">
  <#if mcpConsent??>
    <@mcp.identity who=mcpConsent.identity/>
  <#else>
    <@otherClient/>
  </#if>
  <form action="${url.oauthAction}" method="post" class="mcp-answers" id="mcp-consent">
    <input type="hidden" name="code" value="${oauth.code}">
    <#if careful>
      <@answer name="cancel" label="mcpDeny" primary=true/>
      <@answer name="accept" label="mcpAllow"/>
    <#else>
      <@answer name="accept" label="mcpAllow" primary=true/>
      <@answer name="cancel" label="mcpDeny"/>
    </#if>
  </form>
  <p class="mcp-note">${msg("mcpTakeBack")}</p>
</@page.screen>

<#-- What Keycloak shows of any client; only of those that an administrator made are names message keys and logos loaded. -->
<#macro otherClient>
  <#assign name = client.name?has_content?then(client.name, client.clientId)>
  <section class="mcp-app mcp-other" aria-labelledby="mcp-app">
    <div class="mcp-head">
      <#if !ours && client.attributes.logoUri??><img class="mcp-tile" src="${client.attributes.logoUri}" alt=""></#if>
      <h2 id="mcp-app"><bdi><#if ours>${name}<#else>${advancedMsg(name)}</#if></bdi></h2>
    </div>
  </section>
  <h3>${msg("oauthGrantRequest")}</h3>
  <ul class="${properties.kcListClass!}">
    <#list oauth.clientScopesRequested as scope>
      <li><#if scope.parameterizedScopeParameter??>${advancedMsg(scope.consentScreenText, scope.parameterizedScopeParameter)}<#else>${advancedMsg(scope.consentScreenText)}</#if></li>
    </#list>
  </ul>
  <#if !ours>
    <#list [["tosUri", "oauthGrantTos"], ["policyUri", "oauthGrantPolicy"]] as document>
      <#if client.attributes[document[0]]??>
        <p>${msg("oauthGrantReview")} <a href="${client.attributes[document[0]]}" target="_blank" rel="noopener noreferrer">${msg(document[1])}</a></p>
      </#if>
    </#list>
  </#if>
</#macro>

<#macro answer name label primary=false>
  <button type="submit" name="${name}" id="${(name == "accept")?then("kc-login", "kc-cancel")}" class="${mcp.look(primary)}">${msg(label)}</button>
</#macro>
