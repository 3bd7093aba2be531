<#-- The rows of THIRD-PARTY.md: without versions, which the SBOMs have. Several licences are a choice. -->
<#list dependencyMap as entry>
<#assign library = entry.getKey()>
| `${library.groupId}:${library.artifactId}` | ${entry.getValue()?sort?join(" or ")} | ${library.url!""} |
</#list>
