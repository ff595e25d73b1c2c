<#import "mcp-approvals-layout.ftl" as mcp>
<@mcp.page title=msg("mcpApprovalsTitle")>
  <h1>${msg("mcpApprovalsTitle")}</h1>
  <@mcp.alerts notice=queue.notice!"" problem=queue.problem!""/>
  <#if queue.left?has_content>
    <ul id="mcp-left" class="mcp-plain">
      <#list queue.left as left>
        <li><a href="${left.url}"><bdi>${left.name}</bdi></a>: ${left.stateLabel}<#if left.decision??>. ${left.decision}</#if></li>
      </#list>
    </ul>
  </#if>
  <nav class="mcp-tabs" aria-label="${msg("mcpApprovalsStates")}">
    <ul>
      <#list queue.tabs as tab>
        <li><a href="${tab.url}"<#if tab.current> aria-current="page"</#if>>${tab.label}<#if tab.count??> <span class="mcp-count">${tab.count}</span></#if></a></li>
      </#list>
    </ul>
  </nav>
  <form class="mcp-filter" action="${queue.listUrl}" method="get" role="search">
    <input type="hidden" name="state" value="${queue.state}">
    <div>
      <label for="mcp-search">${msg("mcpApprovalsSearch")}</label>
      <input id="mcp-search" name="search" type="search" maxlength="100" value="${queue.search}">
    </div>
    <div>
      <label for="mcp-evidence-filter">${msg("mcpApprovalsEvidenceFilter")}</label>
      <select id="mcp-evidence-filter" name="evidence">
        <#list queue.evidences as choice><option value="${choice.value}"<#if choice.selected> selected</#if>>${choice.label}</option></#list>
      </select>
    </div>
    <div>
      <label for="mcp-door-filter">${msg("mcpApprovalsDoorFilter")}</label>
      <select id="mcp-door-filter" name="door">
        <#list queue.doors as choice><option value="${choice.value}"<#if choice.selected> selected</#if>>${choice.label}</option></#list>
      </select>
    </div>
    <button type="submit" id="mcp-filter" class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!(properties.kcButtonDefaultClass!)}">${msg("mcpApprovalsFilter")}</button>
  </form>
  <#if queue.rows?has_content>
    <form action="${queue.formUrl}" method="post" id="mcp-together">
      <input type="hidden" name="stateChecker" value="${stateChecker}">
      <table class="mcp-queue">
        <caption class="mcp-hidden">${msg("mcpApprovalsTitle")}</caption>
        <thead>
          <tr>
            <th scope="col"><span class="mcp-hidden">${msg("mcpApprovalsPick")}</span></th>
            <th scope="col">${msg("mcpApprovalsApp")}</th>
            <th scope="col">${msg("mcpApprovalsEvidenceFilter")}</th>
            <th scope="col">${msg("mcpApprovalsGoesTo")}</th>
            <th scope="col">${msg("mcpApprovalsDoorFilter")}</th>
            <th scope="col">${msg("mcpApprovalsRegistered")}</th>
          </tr>
        </thead>
        <tbody>
          <#list queue.rows as row>
            <tr>
              <td><input type="checkbox" id="mcp-pick-${row?index}" name="software" value="${row.pick}" aria-labelledby="mcp-name-${row?index}"></td>
              <th scope="row">
                <a href="${row.url}" id="mcp-name-${row?index}"><bdi>${row.name}</bdi></a>
                <#if queue.state == "all"><@mcp.badge kind=row.state label=row.stateLabel/></#if>
                <#if row.warning??><span class="mcp-row-warning">${row.warning}</span></#if>
              </th>
              <td data-label="${msg("mcpApprovalsEvidenceFilter")}"><@mcp.badge kind=row.evidence label=row.evidenceLabel/></td>
              <td data-label="${msg("mcpApprovalsGoesTo")}"><#list row.destinations as place><bdi>${place}</bdi><#sep><br></#list></td>
              <td data-label="${msg("mcpApprovalsDoorFilter")}">${row.door}</td>
              <td data-label="${msg("mcpApprovalsRegistered")}"><@mcp.when time=row.registered/></td>
            </tr>
          </#list>
        </tbody>
      </table>
      <#if queue.newest?? || queue.next??>
        <nav class="mcp-paging" aria-label="${msg("mcpApprovalsPages")}">
          <#if queue.newest??><a id="mcp-newest" href="${queue.newest}">${msg("mcpApprovalsNewest")}</a></#if>
          <#if queue.next??><a id="mcp-next" href="${queue.next}" rel="next">${msg("mcpApprovalsNext")}</a></#if>
        </nav>
      </#if>
      <fieldset class="mcp-decide">
        <legend>${msg("mcpApprovalsTogether")}</legend>
        <@mcp.reason value=queue.reason/>
        <div class="mcp-buttons">
          <#if queue.state != "approved"><@mcp.button value="approve" label=msg("mcpApprovalsDo.approve")/></#if>
          <#if queue.state != "denied"><@mcp.button value="deny" label=msg("mcpApprovalsDo.deny") danger=true/></#if>
        </div>
      </fieldset>
    </form>
  <#else>
    <div class="mcp-empty" id="mcp-empty">
      <#if queue.narrowed>
        <p>${msg("mcpApprovalsNothingFound")}</p>
        <p><a href="${queue.listUrl}">${msg("mcpApprovalsShowPending")}</a></p>
      <#elseif queue.newest??>
        <p><a href="${queue.newest}">${msg("mcpApprovalsNewest")}</a></p>
      <#elseif queue.state == "pending">
        <p>${msg("mcpApprovalsNothingPending")}</p>
      <#else>
        <p>${msg("mcpApprovalsNothingHere")}</p>
      </#if>
    </div>
  </#if>
</@mcp.page>
