using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// Gives a capability to another container. Only what its giver does not use can be given: a
/// filter that is assigned to no queue, or a share of memory that the giver has not mapped. Its
/// place in the tree stays: it falls with its origin, not with its giver.
/// </summary>
internal sealed class TransferDecision(KernelTables tables)
{
    public Decision Decide(Command.TransferCapability command)
    {
        RefusalReason refusal = Resolve(command, out Capability given);
        if (refusal == RefusalReason.None)
        {
            refusal = !given.Rights.HasFlag(CapabilityRights.Grant)
                ? RefusalReason.RightMissing
                : !IsTransferable(given)
                    ? RefusalReason.NotTransferable
                    : tables.CheckReceiver(command.Caller, command.Receiver);
        }

        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        var plan = new EventPlan(tables.Capabilities);
        plan.Add(new ControlEvent.CapabilityTransferred(
            Handle.Of(given.Slot, tables.Capabilities.NextTag(0)).Value,
            given.Owner,
            command.Receiver.Slot));
        return plan.Accept();
    }

    private RefusalReason Resolve(Command.TransferCapability command, out Capability given)
    {
        RefusalReason refusal = tables.Resolve(
            command.Caller, command.Capability, CapabilityKind.Filter, out given);
        return refusal == RefusalReason.WrongKind && given.Kind == CapabilityKind.Memory
            ? RefusalReason.None
            : refusal == RefusalReason.WrongKind ? RefusalReason.NotTransferable : refusal;
    }

    private bool IsTransferable(in Capability given)
    {
        if (given.Kind == CapabilityKind.Filter)
        {
            return tables.Filters[given.Object].Card < 0;
        }

        if (tables.Capabilities[given.Parent].Kind != CapabilityKind.Memory)
        {
            return false;
        }

        int at = tables.Extents[given.Object].FirstMapping;
        while (at >= 0 && tables.Mappings[at].Capability != given.Slot)
        {
            at = tables.Mappings[at].NextOfExtent;
        }

        return at < 0;
    }
}
