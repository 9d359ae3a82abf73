using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic.Filters;
using Disguise.Kernels.Arrakis.AddressSpaces;
using Disguise.Kernels.Arrakis.Cards;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Arrakis;

/// <summary>
/// Refuses what the control plane would grant but the machine cannot carry out, before anything
/// of it is done: frames for page tables, tags of address spaces, places for registers, transmit
/// predicates; and the end of a domain in which contexts run. What it lets through cannot fail.
/// </summary>
internal sealed class Admission(
    Machine machine, MemoryEffects memory, CardEffects cards, int registerPages,
    long tableFramesPerContainer)
{
    /// <summary>Frames of a container's and of a domain's tables before anything is mapped.
    /// </summary>
    private const int FirstTableFrames = 8;

    /// <summary>Entries of one table.</summary>
    private const int TableEntries = 512;

    /// <summary>Why a decision cannot be carried out, or none.</summary>
    public RefusalReason Check(Decision decision)
    {
        foreach (var planned in decision.Events)
        {
            var refusal = planned switch
            {
                ControlEvent.ContainerCreated => CheckKernel(FirstTableFrames),
                ControlEvent.DomainCreated created =>
                    created.Domain >= TranslationCaches.DomainLimit
                        ? RefusalReason.TooManyDomains
                        : Check(created.Container, FirstTableFrames),
                ControlEvent.DomainDestroyed destroyed => CheckEnd(destroyed, decision),
                ControlEvent.MemoryAllocated allocated =>
                    Check(allocated.Container, TablesFor(allocated.Pages)),
                ControlEvent.PagesMapped mapped => Check(
                    memory.MapOf(mapped.Domain).Container, 2 * TablesFor(mapped.Pages)),
                ControlEvent.TablesLinked linked => Check(
                    memory.MapOf(linked.Domain).Container, 2 * TablesFor(linked.Tables)),
                ControlEvent.CardCreated created => CheckCard(created),
                ControlEvent.FilterPredicateInstalled installed =>
                    CheckPredicates(installed, decision),
                _ => RefusalReason.None,
            };
            if (refusal != RefusalReason.None)
                return refusal;
        }

        return RefusalReason.None;
    }

    /// <summary>
    /// Most frames that the tables of so many pages take in both stages: the tables of the second
    /// stage that lead to tables of the first are in the constant.
    /// </summary>
    private static long TablesFor(int pages) => (pages / TableEntries) + (2 * FirstTableFrames);

    /// <summary>A domain in which contexts run ends with its container only.</summary>
    private RefusalReason CheckEnd(ControlEvent.DomainDestroyed destroyed, Decision decision)
    {
        if (!memory.MapOf(destroyed.Domain).HasContexts)
            return RefusalReason.None;
        return decision.Events[^1] is ControlEvent.ContainerDestroyed
            ? RefusalReason.None
            : RefusalReason.DomainInUse;
    }

    private RefusalReason CheckCard(ControlEvent.CardCreated created)
    {
        var map = memory.MapOf(created.Domain);
        if (map.FreeRegisterPlace() >= DomainLayout.CardLimit(registerPages))
            return RefusalReason.OutOfRange;
        return Check(map.Container, 2 * TablesFor(registerPages));
    }

    private RefusalReason CheckPredicates(
        ControlEvent.FilterPredicateInstalled installed, Decision decision)
    {
        if (installed.Direction == FilterDirection.Receive)
            return RefusalReason.None;
        var planned = 0;
        foreach (var other in decision.Events)
        {
            if (other is ControlEvent.FilterPredicateInstalled)
                planned++;
        }

        return cards.TransmitPredicatesOf(installed.Card) + planned > FilterTable.MaskLimit
            ? RefusalReason.PredicatesExhausted
            : RefusalReason.None;
    }

    private RefusalReason Check(int container, long tableFrames) =>
        memory.TableFramesOf(container) + tableFrames > tableFramesPerContainer
            ? RefusalReason.MemoryLimitReached
            : CheckKernel(tableFrames);

    private RefusalReason CheckKernel(long tableFrames) =>
        machine.Frames.FreeFrameCount < tableFrames
            ? RefusalReason.OutOfMemory
            : RefusalReason.None;
}
