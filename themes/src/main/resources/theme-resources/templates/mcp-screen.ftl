<#-- A page of a login about software: its title tells it from other pages of the login, in the window and to who does not see it. -->
<#import "template.ftl" as layout>
<#macro screen heading bodyClass="">
  <#global title = msg(heading) + " · " + (realm.displayName!realm.name)>
  <@layout.registrationLayout bodyClass=bodyClass displayMessage=false; section>
    <#if section = "header">
      ${msg(heading)}
    <#elseif section = "form">
      <link rel="stylesheet" href="${url.resourcesPath}/mcp/mcp.css">
      <div class="mcp">
        <#nested>
      </div>
    </#if>
  </@layout.registrationLayout>
</#macro>
