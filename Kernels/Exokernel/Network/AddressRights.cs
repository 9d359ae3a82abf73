using Disguise.Actors.Faults;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// Who may bind which address: the operator gives each environment an address, which is guarded by
/// a capability; whoever shows a credential that dominates it to write may bind it. An environment
/// can so let another bind a port of its own.
/// </summary>
internal sealed class AddressRights(CredentialBook credentials, Guards guards)
{
    private readonly Dictionary<(ulong Mac, uint Ip), (int Owner, Capability Guarding)> known = [];
    private readonly bool isChecked = guards.IsOn(NetworkGuards.Address);

    /// <summary>Addresses looked at to bind one.</summary>
    public long CheckCount { get; private set; }

    /// <summary>The operator gives an environment its address. The first who has it keeps it.
    /// </summary>
    public void Admit(EnvironmentRecord environment) => known.TryAdd(
        KeyOf(environment),
        (environment.Number,
            environment.Memory.Own.With(CapabilityPermissions.Write)));

    /// <summary>An environment ends: its address is nobody's.</summary>
    public void End(EnvironmentRecord environment)
    {
        if (known.TryGetValue(KeyOf(environment), out var found)
            && found.Owner == environment.Number)
            known.Remove(KeyOf(environment));
    }

    /// <summary>Whether an environment may bind an address by the credential in a slot.</summary>
    public ExokernelRefusal Check(int environment, int slot, ulong mac, uint ip)
    {
        var refusal = credentials.Show(environment, slot, out var credential);
        if (refusal != ExokernelRefusal.None || !isChecked)
            return refusal;
        CheckCount++;
        return known.TryGetValue((mac, ip), out var found) && credential.Dominates(found.Guarding)
            ? ExokernelRefusal.None : ExokernelRefusal.NotTheAddress;
    }

    private static (ulong Mac, uint Ip) KeyOf(EnvironmentRecord environment) =>
        (environment.Description.Mac.Value, environment.Description.Ip.Value);
}
