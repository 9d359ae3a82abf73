using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;

namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>
/// Takes capabilities away with all that descends from them, and does what follows from that for
/// threads that wait: who sends by one of them stops, who waits for an answer that cannot come any
/// more is told. What follows for memory and interrupts is left to the caller.
/// </summary>
internal sealed class CapabilityRemoval(
    CapabilitySpaces capabilities, KernelObjects objects, IpcMachine ipc)
{
    private readonly List<int> slots = [];
    private readonly List<Capability> removed = [];

    /// <summary>
    /// Removes what descends from a capability, and itself unless it is to be kept. Returns what
    /// was removed, children before parents; the list is valid until the next removal.
    /// </summary>
    public IReadOnlyList<Capability> Remove(int slot, bool keepsSelf, KernelResult why)
    {
        removed.Clear();
        slots.Clear();
        capabilities.Table.AddSubtree(slot, slots);
        if (keepsSelf)
            slots.RemoveAt(slots.Count - 1);
        foreach (var gone in slots)
            RemoveOne(gone, why);
        return removed;
    }

    private void RemoveOne(int slot, KernelResult why)
    {
        var capability = capabilities.Table[slot];
        var badge = capabilities.BadgeOf(slot);
        capabilities.Table.Revoke(slot);
        removed.Add(capability);
        switch (capability.Kind)
        {
            case CapabilityKind.Reply:
                ipc.CutOffCaller(objects.Threads[capability.Object], why);
                break;
            case CapabilityKind.Endpoint:
                var known = objects.Endpoints[capability.Object];
                ipc.CutOffSenders(known, slot);
                if (known.OriginSlot == slot)
                    ipc.Destroy(known);
                else if (badge != 0 && capabilities.BadgeOf(capability.Parent) != badge)
                    ipc.TellGone(known, badge);
                break;
            case CapabilityKind.Notification:
            case CapabilityKind.Memory:
            case CapabilityKind.Interrupt:
                break;
            default:
                throw new InvalidOperationException($"a capability to a {capability.Kind}");
        }
    }
}
