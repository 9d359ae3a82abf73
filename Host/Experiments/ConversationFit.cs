using Disguise.Host.Experiments.Keys;

namespace Disguise.Host.Experiments;

/// <summary>
/// Whether the programs of a machine that talk to each other (<c>ipc-bench</c>) do so by one and
/// the same way, in messages of one length: else none understands the other, and nothing is
/// measured.
/// </summary>
internal sealed class ConversationFit
{
    private const int WordBytes = sizeof(uint);

    private (string Name, string Operation, int Bytes)? first;
    private bool hasCaller;
    private bool hasAnswerer;

    /// <summary>Takes a group into account, or refuses it.</summary>
    public void Add(SectionValues tenants, TenantGroup group)
    {
        var app = group.Application;
        if (app.Kind != CommunicationKinds.IpcBenchName)
            return;
        var operation = app.Text("operation");
        hasCaller |= app.Text("role") == "caller";
        hasAnswerer |= app.Text("role") == "answerer";
        if (app.Has("bytes") && !CommunicationKinds.ByPipe.Contains(operation))
            throw tenants.Error(
                "app", $"bytes with {operation}, which always passes a word",
                $"bytes with operation {string.Join(", ", CommunicationKinds.ByPipe)}");
        var bytes = app.Has("bytes") ? app.Integer("bytes") : WordBytes;
        first ??= (group.Name, operation, bytes);
        var (name, its, itsBytes) = first.Value;
        if (operation != its)
            throw tenants.Error(
                "app", $"operation {operation}, and {name} of the same machine has {its}",
                $"operation {its}");
        if (bytes != itsBytes)
            throw tenants.Error(
                "app", $"messages of {bytes} bytes, and {name} of the same machine has {itsBytes}",
                $"bytes: {itsBytes}");
    }

    /// <summary>Refuses a machine on which somebody would wait for nobody.</summary>
    public void Check(SectionValues machine)
    {
        if (hasCaller == hasAnswerer)
            return;
        var (has, lacks) = hasCaller ? ("caller", "answerer") : ("answerer", "caller");
        throw machine.Error(
            "tenants", $"{CommunicationKinds.IpcBenchName} with a {has} and no {lacks}",
            $"both on one machine, role: {lacks} in another group");
    }
}
