<#import "mcp-screen.ftl" as page>
<#import "mcp-commons.ftl" as mcp>
<#-- Keycloak's own addresses for another language know a login only; this page belongs to none. -->
<#if locale??>
  <#global locale = {
    "rtl": locale.rtl, "current": locale.current, "currentLanguageTag": locale.currentLanguageTag,
    "supported": locale.supported?filter(one -> decision.languages[one.languageTag]??)
      ?map(one -> {"label": one.label, "languageTag": one.languageTag, "url": decision.languages[one.languageTag]})
  }>
</#if>
<@page.screen heading="mcpUnusableTitle">
  <@mcp.unusable problem=decision.problem who=decision.identity/>
  <p class="mcp-answers"><@mcp.link href=decision.link id="mcp-return" label="mcpReturn"/></p>
  <p class="mcp-note">${msg("mcpProblemCode")} <code id="mcp-error">${decision.error}</code></p>
</@page.screen>
