<#macro page>
  <link rel="stylesheet" href="${url.resourcesPath}/mcp/mcp.css">
  <div class="mcp">
    <#nested>
  </div>
</#macro>

<#macro app>
  <section class="mcp-app mcp-${decision.evidence}" aria-labelledby="mcp-app">
    <h2 id="mcp-app"><bdi>${decision.app}</bdi></h2>
    <p><strong class="mcp-label">${decision.evidenceLabel}</strong> <span>${decision.evidenceText}</span></p>
    <#if decision.warning??>
      <p class="mcp-warning" role="alert"><strong>${decision.warning}</strong></p>
    </#if>
  </section>
</#macro>

<#macro destination label="mcpDestination">
  <div>
    <dt>${msg(label)}</dt>
    <dd>
      <strong id="mcp-destination" class="mcp-host"><bdi>${decision.destination}</bdi></strong>
      <#if decision.destinationText??><span>${decision.destinationText}</span></#if>
    </dd>
  </div>
</#macro>

<#macro button answer label primary=false>
  <button type="submit" name="answer" value="${answer}" id="mcp-${answer}"
    class="${properties.kcButtonClass!} <#if primary>${properties.kcButtonPrimaryClass!}<#else>${properties.kcButtonSecondaryClass!(properties.kcButtonDefaultClass!)}</#if> ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${msg(label)}</button>
</#macro>
