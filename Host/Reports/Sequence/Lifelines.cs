namespace Disguise.Host.Reports.Sequence;

/// <summary>
/// The lifelines of a request's chart, in the order in which it reaches them: the client, the
/// switch, the NIC with its functions and its wire, the kernel, servers, the process.
/// </summary>
internal sealed class Lifelines
{
    private const string Switch = "switch";
    private const string LinkPart = ".link";
    private const string NicPart = ".nic";
    private const string KernelPart = ".kernel";

    private readonly List<string> names = [];
    private readonly string client;
    private readonly string machine;

    public Lifelines(ExplainedRequest request)
    {
        client = request.Client;
        machine = ExplainWords.MachineOf(request);
        foreach (var step in request.Steps)
        {
            if (step.OnCriticalPath)
                IndexOf(step.Who);
        }
    }

    /// <summary>Their names from left to right.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The lifeline of the client.</summary>
    public int Client => IndexOf(client);

    /// <summary>The lifeline of a party.</summary>
    public int IndexOf(string party)
    {
        var name = NameOf(party);
        var index = names.IndexOf(name);
        if (index >= 0)
            return index;
        names.Add(name);
        return names.Count - 1;
    }

    /// <summary>The style of what a lifeline does.</summary>
    public string StyleOf(int index) =>
        names[index].EndsWith(KernelPart, StringComparison.Ordinal) ? "kernel"
        : IsDevice(names[index]) ? "device"
        : "work";

    /// <summary>Whether a lifeline is a client, a switch or a device.</summary>
    public bool IsDevice(int index) => IsDevice(names[index]);

    private bool IsDevice(string name) => name == client || name == Switch
        || name.EndsWith(NicPart, StringComparison.Ordinal);

    private string NameOf(string party)
    {
        if (party == client || party.StartsWith($"{client}.", StringComparison.Ordinal))
            return client;
        if (party == Switch || party.StartsWith($"{Switch}.", StringComparison.Ordinal))
            return Switch;
        var nic = party.IndexOf(NicPart, StringComparison.Ordinal);
        if (nic > 0)
            return party[..(nic + NicPart.Length)];
        return party == machine.TrimEnd('.') + LinkPart ? machine.TrimEnd('.') + NicPart : party;
    }
}
