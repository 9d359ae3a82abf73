using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>Serves the calls about capabilities and memory.</summary>
internal sealed class CapabilityCalls(KernelState state)
{
    /// <summary>Serves a call of a running thread.</summary>
    public KernelResult Serve(ThreadControlBlock thread)
    {
        var registers = thread.Registers;
        var found = state.Capabilities.Find(
            thread.Domain.Number, registers.Target, out var capability);
        if (found != KernelResult.Done)
            return found;
        switch (registers.Call)
        {
            case KernelCall.Mint:
                var minted = state.Capabilities.Mint(
                    capability, registers.GrantedRights, registers.Badge, thread.Domain.Number,
                    out var handle);
                registers.Granted = handle;
                return minted;
            case KernelCall.Revoke:
                if ((capability.Rights & CapabilityRights.Grant) == 0)
                    return KernelResult.NoRight;
                state.Remove(capability.Slot, keepsSelf: true, KernelResult.Revoked);
                return KernelResult.Done;
            case KernelCall.Delete:
                state.Remove(capability.Slot, keepsSelf: false, KernelResult.Revoked);
                return KernelResult.Done;
            case KernelCall.Map:
                return Map(thread, capability);
            case KernelCall.Unmap:
                if (capability.Kind != CapabilityKind.Memory)
                    return KernelResult.WrongKind;
                state.Memory.Unmap(capability.Slot);
                return KernelResult.Done;
            default:
                return KernelResult.BadArgument;
        }
    }

    /// <summary>The first word is the virtual page; the rights are those asked for.</summary>
    private KernelResult Map(ThreadControlBlock thread, in Capability capability)
    {
        var registers = thread.Registers;
        if (capability.Kind != CapabilityKind.Memory)
            return KernelResult.WrongKind;
        if ((registers.GrantedRights & ~capability.Rights) != 0)
            return KernelResult.NoRight;
        if (registers.WordCount == 0 || registers[0] > long.MaxValue
            || state.Memory.IsMapped(capability.Slot))
            return KernelResult.BadArgument;
        return state.Memory.TryMap(
            capability.Slot, thread.Domain, state.Objects.Extents[capability.Object],
            (long)registers[0], registers.GrantedRights)
            ? KernelResult.Done : KernelResult.CannotMap;
    }
}
