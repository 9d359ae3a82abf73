using Disguise.Kernels.Arrakis.AddressSpaces;
using Disguise.Kernels.Arrakis.Cards;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;

namespace Disguise.Kernels.Arrakis;

/// <summary>Carries the control plane's events out on the machine, as they are applied.</summary>
internal sealed class ControlPlaneEffects(
    MemoryEffects memory, CardEffects cards, Doorbells doorbells)
{
    /// <summary>What a doorbell that is associated now is for, and the core that takes it.
    /// </summary>
    public (ScheduledContext Context, int Core) NextDoorbell { get; set; }

    /// <summary>Carries one event out. Returns what the caller is told, or 0.</summary>
    public long CarryOut(ControlEvent happened)
    {
        switch (happened)
        {
            case ControlEvent.ContainerCreated created:
                memory.CreateContainer(created.Container);
                break;
            case ControlEvent.ContainerDestroyed destroyed:
                memory.DestroyContainer(destroyed.Container);
                break;
            case ControlEvent.DomainCreated created:
                memory.CreateDomain(created.Domain, created.Container);
                break;
            case ControlEvent.DomainDestroyed destroyed:
                memory.DestroyDomain(destroyed.Domain);
                break;
            case ControlEvent.MemoryAllocated allocated:
                memory.Allocate(allocated);
                break;
            case ControlEvent.MemoryFreed freed:
                memory.Free(freed);
                break;
            case ControlEvent.PagesMapped mapped:
                memory.Map(mapped);
                break;
            case ControlEvent.TablesLinked linked:
                return memory.Link(linked);
            case ControlEvent.TablesUnlinked unlinked:
                memory.Unlink(unlinked);
                break;
            case ControlEvent.PagesUnmapped unmapped:
                memory.Unmap(unmapped);
                break;
            case ControlEvent.CardCreated created:
                cards.Create(created);
                return cards.ValueOf(created).Word;
            case ControlEvent.CardAttached attached:
                cards.Attach(attached);
                break;
            case ControlEvent.CardStopped stopped:
                cards.Stop(stopped);
                break;
            case ControlEvent.CardDetached detached:
                cards.Detach(detached);
                break;
            case ControlEvent.CardDeleted deleted:
                cards.Delete(deleted);
                break;
            case ControlEvent.DoorbellAssociated associated:
                Associate(associated);
                return new DoorbellValue(associated.Doorbell, associated.Vector).Word;
            case ControlEvent.DoorbellDissociated dissociated:
                doorbells.Unbind(dissociated.Doorbell);
                cards.MaskVector(dissociated);
                break;
            case ControlEvent.RateSet rate:
                cards.SetRate(rate);
                break;
            case ControlEvent.RateCleared rate:
                cards.ClearRate(rate);
                break;
            case ControlEvent.FilterPredicateInstalled installed:
                cards.InstallFilter(installed);
                break;
            case ControlEvent.FilterPredicateWithdrawn withdrawn:
                cards.WithdrawFilter(withdrawn);
                break;
            default:
                // The others change the kernel's records only.
                break;
        }

        return 0;
    }

    private void Associate(ControlEvent.DoorbellAssociated associated)
    {
        var function = cards.NumberOf(associated.Function);
        var (context, core) = NextDoorbell;
        var vector = doorbells.Bind(
            associated.Doorbell, context, core, function, associated.Vector);
        cards.ProgramVector(function, associated.Vector, core, vector);
    }
}
