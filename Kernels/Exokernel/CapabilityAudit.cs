using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Frames;

namespace Disguise.Kernels.Exokernel;

/// <summary>
/// Checks all capabilities of a machine: each credential is dominated by the one from which it was
/// made, with which an environment began. What an environment that has ended gave to another opens
/// nothing any more, and is no fault; what no environment was ever given is one. In the list of its
/// page an owner may write whatever name it likes, as long as it is a capability.
/// </summary>
internal sealed class CapabilityAudit(KernelState state, List<string> findings)
{
    /// <summary>Returns how many capabilities there are.</summary>
    public long Check()
    {
        var count = 0L;
        foreach (var environment in state.Environments.All)
        {
            count += CheckCredentials(environment);
            foreach (var frame in state.Memory.Frames.FramesOf(environment.Number))
                count += CheckList(environment, frame);
        }

        return count;
    }

    private long CheckCredentials(EnvironmentRecord environment)
    {
        var count = 0L;
        for (var slot = 0; slot < CredentialBook.SlotLimit; slot++)
        {
            if (state.Memory.Credentials.Show(environment.Number, slot, out var credential)
                == ExokernelRefusal.None)
            {
                count++;
                CheckDominated(environment, slot, credential);
            }
            else if (slot == 0)
            {
                findings.Add($"{NameOf(environment)} has no credential to itself");
            }
        }

        return count;
    }

    /// <summary>
    /// The first entry of a list is complete, so that somebody controls the page; a page table is
    /// opened by its owner alone.
    /// </summary>
    private long CheckList(EnvironmentRecord environment, long frame)
    {
        var list = state.Memory.Frames.ListOf(frame);
        if (!list.First.IsValid || list.First.Permissions != CapabilityPermissions.All)
            findings.Add($"{state.Machine.Name}: nobody controls frame {frame}");
        if (state.Memory.Frames.UseOf(frame) == FrameUse.Table
            && list != PageList.For(environment.Memory.Own))
        {
            findings.Add(
                $"{NameOf(environment)}: page table {frame} is opened by others");
        }

        if (list.Second == Capability.None)
            return 1;
        if (!list.Second.IsValid)
            findings.Add($"{state.Machine.Name}: frame {frame} is opened by {list.Second}");
        return 2;
    }

    private void CheckDominated(EnvironmentRecord environment, int slot, Capability credential)
    {
        if (!credential.TryGetEnvironment(out var number, out var generation)
            || !state.Environments.HasBeen(number, generation))
        {
            findings.Add(
                $"{NameOf(environment)}: credential {slot}, {credential}, descends from none "
                + "that lives");
        }

        var origin = state.Memory.Credentials.OriginOf(environment.Number, slot);
        if (!origin.Dominates(credential))
        {
            findings.Add(
                $"{NameOf(environment)}: credential {slot}, {credential}, was made from {origin}");
        }
    }

    private static string NameOf(EnvironmentRecord environment) =>
        environment.Description.Address;
}
