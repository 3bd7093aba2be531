// Every state of both kinds, as Argo CD (its Lua) and Flux (kstatus) see it.
package gitops

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
	"sigs.k8s.io/yaml"
)

// The states are generated from the operator's code: for each reason of each condition, the object as the operator writes it.
type state struct {
	Name   string         `json:"name"`
	Ready  string         `json:"ready"` // True, False, Unknown; Old: not of this generation; Deleting
	Object map[string]any `json:"object"`
}

var argo = map[string]string{"True": "Healthy", "False": "Degraded", "Unknown": "Progressing", "Old": "Progressing", "Deleting": "Progressing"}

// kstatus has no word for "failed, and tried again": what is not Ready is in progress, until Flux's own timeout.
var kstatus = map[string]status.Status{
	"True": status.CurrentStatus, "False": status.InProgressStatus, "Unknown": status.InProgressStatus,
	"Old": status.InProgressStatus, "Deleting": status.TerminatingStatus,
}

func states(t *testing.T) []state {
	t.Helper()
	text, err := os.ReadFile("states.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var found []state
	if err := yaml.UnmarshalStrict(text, &found); err != nil {
		t.Fatal(err)
	}
	for i := range found {
		// As a client of Kubernetes reads it: whole numbers are int64.
		text, _ := json.Marshal(found[i].Object)
		found[i].Object = map[string]any{}
		if err := utiljson.Unmarshal(text, &found[i].Object); err != nil {
			t.Fatal(err)
		}
	}
	if len(found) < 60 {
		t.Fatalf("states.yaml has %d states; it must have one for each reason", len(found))
	}
	return found
}

func TestArgoHealth(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("..", "argocd", "health.lua"))
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range states(t) {
		t.Run(state.Name, func(t *testing.T) {
			health, message := run(t, string(script), state.Object)
			if health != argo[state.Ready] {
				t.Errorf("health is %s, must be %s", health, argo[state.Ready])
			}
			if message == "" {
				t.Error("there is no message")
			}
		})
	}
}

func TestKstatus(t *testing.T) {
	for _, state := range states(t) {
		t.Run(state.Name, func(t *testing.T) {
			result, err := status.Compute(&unstructured.Unstructured{Object: state.Object})
			if err != nil {
				t.Fatal(err)
			}
			if result.Status != kstatus[state.Ready] {
				t.Errorf("kstatus is %s (%s), must be %s", result.Status, result.Message, kstatus[state.Ready])
			}
		})
	}
}

// What is committed for users is what is tested here.
func TestConfigMapIsBuiltFromTheScript(t *testing.T) {
	committed, err := os.ReadFile(filepath.Join("..", "argocd", "argocd-cm.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	built, err := exec.Command(filepath.Join("..", "argocd", "build")).Output()
	if err != nil {
		t.Fatal(err)
	}
	if string(built) != string(committed) {
		t.Error("argocd-cm.yaml differs from health.lua; run gitops/argocd/build --write")
	}
	var parsed struct {
		Data map[string]string `json:"data"`
	}
	if err := yaml.Unmarshal(committed, &parsed); err != nil {
		t.Fatal(err)
	}
	script, _ := os.ReadFile(filepath.Join("..", "argocd", "health.lua"))
	for _, kind := range []string{"RedisAccessBinding", "RedisDatabase"} {
		if parsed.Data["resource.customizations.health.redisaccess.dev_"+kind] != string(script) {
			t.Errorf("the entry of %s is not health.lua", kind)
		}
	}
}

func run(t *testing.T, script string, object map[string]any) (health string, message string) {
	t.Helper()
	// As Argo CD runs it: without the libraries that reach files or processes.
	vm := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer vm.Close()
	for name, open := range map[string]lua.LGFunction{
		lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable, lua.StringLibName: lua.OpenString,
	} {
		vm.Push(vm.NewFunction(open))
		vm.Push(lua.LString(name))
		vm.Call(1, 0)
	}
	vm.SetGlobal("obj", value(vm, object))
	if err := vm.DoString(script); err != nil {
		t.Fatal(err)
	}
	result, ok := vm.Get(-1).(*lua.LTable)
	if !ok {
		t.Fatalf("the script returned %s", vm.Get(-1).Type())
	}
	return lua.LVAsString(result.RawGetString("status")), lua.LVAsString(result.RawGetString("message"))
}

func value(vm *lua.LState, from any) lua.LValue {
	switch v := from.(type) {
	case map[string]any:
		table := vm.NewTable()
		for key, item := range v {
			table.RawSetString(key, value(vm, item))
		}
		return table
	case []any:
		table := vm.NewTable()
		for _, item := range v {
			table.Append(value(vm, item))
		}
		return table
	case string:
		return lua.LString(v)
	case float64:
		return lua.LNumber(v)
	case int64:
		return lua.LNumber(v)
	case bool:
		return lua.LBool(v)
	default:
		return lua.LNil
	}
}
