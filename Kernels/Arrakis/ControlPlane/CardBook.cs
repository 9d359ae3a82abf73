using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// Virtual interface cards with their doorbells and rates. Who comes first has a virtual function;
/// the rest have software cards, or nothing (Arrakis, TOCS 2015, section 3.4).
/// </summary>
internal sealed class CardBook(KernelTables tables, Revocation revocation)
{
    public Decision Decide(Command.CreateCard command)
    {
        RefusalReason refusal = tables.Resolve(
            command.Caller, command.Domain, CapabilityKind.ProtectionDomain, out Capability domain);
        FunctionAddress function = default;
        AddressRecord address = default;
        if (refusal == RefusalReason.None)
        {
            refusal = Check(command, domain, out function, out address);
        }

        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        int card = tables.Cards.Peek(0);
        var plan = new EventPlan(tables.Capabilities);
        plan.Add(new ControlEvent.CardCreated(
            card,
            domain.Object,
            function,
            command.Queues,
            address.Mac,
            address.Ip,
            address.Vlan));
        plan.Add(new ControlEvent.CardAttached(card, domain.Object, function));
        plan.Grant(
            domain.Slot,
            CapabilityKind.VirtualInterfaceCard,
            CapabilityRights.All,
            command.Caller.Slot,
            card);
        return plan.Accept();
    }

    public Decision Decide(Command.DeleteCard command)
    {
        RefusalReason refusal = Resolve(command.Caller, command.Card, out Capability card);
        return refusal == RefusalReason.None
            ? revocation.Revoke([card.Slot])
            : Decision.Refuse(refusal);
    }

    public Decision Decide(Command.RevokeCard command)
    {
        RefusalReason refusal = KernelTables.CheckOperator(command.Caller);
        if (refusal == RefusalReason.None && !tables.Cards.IsInUse(command.Card))
        {
            refusal = RefusalReason.NoSuchCard;
        }

        return refusal == RefusalReason.None
            ? revocation.Revoke([tables.Cards[command.Card].Capability])
            : Decision.Refuse(refusal);
    }

    public Decision Decide(Command.AssociateDoorbell command)
    {
        RefusalReason refusal = Resolve(command.Caller, command.Card, out Capability card);
        int vector = -1;
        if (refusal == RefusalReason.None)
        {
            refusal = Check(command, tables.Cards[card.Object], out vector);
        }

        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        var plan = new EventPlan(tables.Capabilities);
        plan.Add(new ControlEvent.DoorbellAssociated(
            tables.Doorbells.Peek(0),
            card.Object,
            command.Queue,
            command.Event,
            vector,
            tables.Cards[card.Object].Function));
        return plan.Accept();
    }

    public Decision Decide(Command.SetRate command)
    {
        RefusalReason refusal = Resolve(command.Caller, command.Card, out Capability card);
        if (refusal == RefusalReason.None)
        {
            CardRecord record = tables.Cards[card.Object];
            NetworkOptions network = tables.Networks[record.Network].Options;
            refusal = (uint)command.Queue >= (uint)record.Queues
                ? RefusalReason.NoSuchQueue
                : !Enum.IsDefined(command.Direction)
                    ? RefusalReason.NoSuchDirection
                    : command.BitsPerSecond < network.LowestRateBitsPerSecond
                        || command.BitsPerSecond > network.LinkBitsPerSecond
                            ? RefusalReason.RateOutOfRange
                            : RefusalReason.None;
        }

        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        int rate = tables.Cards[card.Object].FirstRate;
        while (rate >= 0
            && (tables.Rates[rate].Queue != command.Queue
                || tables.Rates[rate].Direction != (int)command.Direction))
        {
            rate = tables.Rates[rate].Next;
        }

        var plan = new EventPlan(tables.Capabilities);
        plan.Add(new ControlEvent.RateSet(
            rate >= 0 ? rate : tables.Rates.Peek(0),
            card.Object,
            command.Queue,
            command.Direction,
            command.BitsPerSecond,
            tables.Cards[card.Object].Function));
        return plan.Accept();
    }

    public void Apply(ControlEvent.CardCreated created)
    {
        FunctionAddress function = created.Function;
        NetworkRecords network = tables.Networks[function.Network];
        (function.IsSoftware ? network.SoftwareCards : network.Functions).Take(function.Index);
        ref CardRecord card = ref tables.Cards.Take(created.Card);
        card.Domain = created.Domain;
        card.Capability = -1;
        card.Network = (ushort)function.Network;
        card.IsSoftware = (byte)(function.IsSoftware ? 1 : 0);
        card.Index = function.Index;
        card.Queues = created.Queues;
        card.FirstFilter = -1;
        card.FirstDoorbell = -1;
        card.FirstRate = -1;
        tables.Domains[created.Domain].Cards++;
    }

    public void Apply(ControlEvent.CardDeleted deleted)
    {
        CardRecord card = tables.Cards[deleted.Card];
        if (card.FirstFilter >= 0
            || card.FirstDoorbell >= 0
            || card.FirstRate >= 0
            || card.IsAttached != 0
            || card.Function != deleted.Function)
        {
            throw new InvalidOperationException(
                $"Card {deleted.Card} is in use, or is another function.");
        }

        NetworkRecords network = tables.Networks[card.Network];
        (card.IsSoftware != 0 ? network.SoftwareCards : network.Functions).Release(card.Index);
        tables.Domains[card.Domain].Cards--;
        tables.Cards.Release(deleted.Card);
    }

    public void ApplyAttached(int card, bool isAttached)
    {
        ref CardRecord record = ref tables.Cards[card];
        if ((record.IsAttached != 0) == isAttached)
        {
            throw new InvalidOperationException($"Card {card} is attached or detached twice.");
        }

        record.IsAttached = (byte)(isAttached ? 1 : 0);
    }

    public void Apply(ControlEvent.DoorbellAssociated associated)
    {
        ref CardRecord card = ref tables.Cards[associated.Card];
        ref DoorbellRecord doorbell = ref tables.Doorbells.Take(associated.Doorbell);
        doorbell.Card = associated.Card;
        doorbell.Queue = associated.Queue;
        doorbell.Event = (ushort)associated.Event;
        doorbell.Vector = (ushort)associated.Vector;
        doorbell.Next = card.FirstDoorbell;
        card.FirstDoorbell = associated.Doorbell;
    }

    public void Apply(ControlEvent.DoorbellDissociated dissociated)
    {
        ref int link = ref tables.Cards[dissociated.Card].FirstDoorbell;
        while (link != dissociated.Doorbell)
        {
            link = ref tables.Doorbells[link].Next;
        }

        link = tables.Doorbells[dissociated.Doorbell].Next;
        tables.Doorbells.Release(dissociated.Doorbell);
    }

    public void Apply(ControlEvent.RateSet set)
    {
        if (!tables.Rates.IsInUse(set.Rate))
        {
            ref CardRecord card = ref tables.Cards[set.Card];
            ref RateRecord added = ref tables.Rates.Take(set.Rate);
            added.Card = set.Card;
            added.Queue = set.Queue;
            added.Direction = (int)set.Direction;
            added.Next = card.FirstRate;
            card.FirstRate = set.Rate;
        }

        tables.Rates[set.Rate].BitsPerSecond = set.BitsPerSecond;
    }

    public void Apply(ControlEvent.RateCleared cleared)
    {
        ref int link = ref tables.Cards[cleared.Card].FirstRate;
        while (link != cleared.Rate)
        {
            link = ref tables.Rates[link].Next;
        }

        link = tables.Rates[cleared.Rate].Next;
        tables.Rates.Release(cleared.Rate);
    }

    private RefusalReason Resolve(ContainerId caller, Handle handle, out Capability card) =>
        tables.Resolve(caller, handle, CapabilityKind.VirtualInterfaceCard, out card);

    private RefusalReason Check(
        Command.CreateCard command,
        in Capability domain,
        out FunctionAddress function,
        out AddressRecord address)
    {
        function = default;
        address = default;
        if ((uint)command.Network >= (uint)tables.Networks.Length)
        {
            return RefusalReason.NoSuchNetwork;
        }

        NetworkRecords network = tables.Networks[command.Network];
        if (command.Queues < 1 || command.Queues > network.Options.QueuesPerCard)
        {
            return RefusalReason.BadQueueCount;
        }

        int container = tables.Domains[domain.Object].Container;
        int at = command.Address < 0 ? -1 : tables.Containers[container].FirstAddress;
        for (int skipped = 0; at >= 0 && skipped < command.Address; skipped++)
        {
            at = tables.Addresses[at].Next;
        }

        if (at < 0)
        {
            return RefusalReason.NoSuchAddress;
        }

        address = tables.Addresses[at];
        RefusalReason refusal = tables.RoomForCapability(command.Caller.Slot);
        return refusal == RefusalReason.None
            ? FindFunction(command.Network, out function)
            : refusal;
    }

    private RefusalReason FindFunction(int number, out FunctionAddress function)
    {
        NetworkRecords network = tables.Networks[number];
        function = new FunctionAddress(number, false, network.Functions.LowestFree());
        if (function.Index >= 0)
        {
            return RefusalReason.None;
        }

        if (network.Options.WhenFunctionsRunOut == WhenFunctionsRunOut.Refuse)
        {
            return RefusalReason.FunctionsExhausted;
        }

        function = new FunctionAddress(number, true, network.SoftwareCards.LowestFree());
        return function.Index >= 0 ? RefusalReason.None : RefusalReason.SoftwareCardsExhausted;
    }

    private RefusalReason Check(
        Command.AssociateDoorbell command, in CardRecord card, out int vector)
    {
        vector = -1;
        if ((uint)command.Queue >= (uint)card.Queues)
        {
            return RefusalReason.NoSuchQueue;
        }

        if (!Enum.IsDefined(command.Event))
        {
            return RefusalReason.NoSuchEvent;
        }

        var vectors = new NumberSet(tables.Networks[card.Network].Options.VectorsPerCard);
        for (int at = card.FirstDoorbell; at >= 0; at = tables.Doorbells[at].Next)
        {
            DoorbellRecord doorbell = tables.Doorbells[at];
            if (doorbell.Queue == command.Queue && doorbell.Event == (ushort)command.Event)
            {
                return RefusalReason.DoorbellExists;
            }

            vectors.Take(doorbell.Vector);
        }

        vector = vectors.LowestFree();
        return vector < 0 ? RefusalReason.VectorsExhausted : RefusalReason.None;
    }
}
