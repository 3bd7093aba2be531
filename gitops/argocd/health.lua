-- Health of a RedisAccessBinding or a RedisDatabase for Argo CD: `Ready` at the generation that was applied.
-- https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#custom-health-checks
local status = obj.status or {}

if obj.metadata.deletionTimestamp ~= nil then
  return {status = "Progressing", message = "The object is being deleted."}
end

local ready
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Ready" then
    ready = condition
  end
end

-- From birth both kinds have a `Ready` condition `Unknown`, without observedGeneration.
if ready == nil or status.observedGeneration == nil or status.observedGeneration ~= obj.metadata.generation then
  return {status = "Progressing", message = "The operator has not processed this generation yet."}
end

local message = ready.reason .. ": " .. (ready.message or "")
if ready.status == "True" then
  return {status = "Healthy", message = message}
elseif ready.status == "False" then
  return {status = "Degraded", message = message}
end
return {status = "Progressing", message = message}
