using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Kernels.Arrakis.Scheduling;

namespace Disguise.Kernels.Arrakis;

/// <summary>
/// Which interrupt vector of which core each doorbell raises, and whom it is for. On its own core
/// a halted context takes the interrupt itself; elsewhere the kernel does and makes it ready.
/// </summary>
internal sealed class Doorbells(Machine machine, IslandActorRef kernel, RunQueues queues)
{
    /// <summary>The lower ones are exceptions and the kernel's own (Intel SDM 3A 6.3).</summary>
    public const int FirstVector = 48;

    /// <summary>Doorbells that one core can have.</summary>
    public const int PerCore = Core.VectorCount - FirstVector;

    private readonly List<Doorbell> bells = [];
    private readonly int[] bound = new int[machine.Cores.Length];
    private readonly int[] nextVector = new int[machine.Cores.Length];
    private int nextCore;

    /// <summary>Whom a doorbell is for, or nobody any more.</summary>
    public ScheduledContext? ContextOf(int number) =>
        (uint)number < (uint)bells.Count ? bells[number].Context : null;

    /// <summary>
    /// The core that takes the next doorbell of a context: its own; else one of the shared ones
    /// in turn, whichever has a vector left. -1 when none has.
    /// </summary>
    public int FindCore(ScheduledContext context)
    {
        if (context.Affinity >= 0 && queues.IsOwned(context.Affinity))
            return bound[context.Affinity] < PerCore ? context.Affinity : -1;
        if (context.Affinity >= 0 && bound[context.Affinity] < PerCore)
            return context.Affinity;
        for (var tried = 0; tried < bound.Length; tried++)
        {
            var core = nextCore;
            nextCore = (nextCore + 1) % bound.Length;
            if (queues.IsShared(core) && bound[core] < PerCore)
                return core;
        }

        return -1;
    }

    /// <summary>Binds a doorbell to a core that has a vector left; returns the vector.</summary>
    /// <param name="number">The doorbell.</param>
    /// <param name="context">Whom it is for.</param>
    /// <param name="core">The core.</param>
    /// <param name="function">The function on the NIC that raises it.</param>
    /// <param name="message">The function's MSI-X table entry.</param>
    public int Bind(int number, ScheduledContext context, int core, int function, int message)
    {
        while (bells.Count <= number)
            bells.Add(default);
        var vector = TakeVector(core);
        bells[number] = new Doorbell(
            context, function, (short)message, (short)core, (byte)vector);
        var direct = queues.IsOwned(core) ? context.Context : null;
        machine.Cores[core].Bind(vector, new VectorBinding(kernel, direct, number));
        return vector;
    }

    /// <summary>Takes a doorbell away.</summary>
    public void Unbind(int number)
    {
        if ((uint)number >= (uint)bells.Count || bells[number].Context is null)
            return;
        var bell = bells[number];
        machine.Cores[bell.Core].Bind(bell.Vector, default);
        bound[bell.Core]--;
        bells[number] = default;
    }

    /// <summary>
    /// Moves the doorbells of others away from a core that has got an owner. Each that has moved
    /// is told with its function, table entry, new core and vector.
    /// </summary>
    public void MoveFrom(int core, Action<int, int, int, int> moved)
    {
        for (var number = 0; number < bells.Count && bound[core] > 0; number++)
        {
            var bell = bells[number];
            if (bell.Context is not { } context || bell.Core != core)
                continue;
            var other = FindCore(context);
            if (other < 0)
                throw new InvalidOperationException("no shared core has a vector left");
            Unbind(number);
            var vector = Bind(number, context, other, bell.Function, bell.Message);
            moved(bell.Function, bell.Message, other, vector);
        }
    }

    /// <summary>Whether the other shared cores have vectors for what is bound to a core.</summary>
    public bool CanMoveFrom(int core)
    {
        var room = 0;
        for (var other = 0; other < bound.Length; other++)
        {
            if (other != core && queues.IsShared(other))
                room += PerCore - bound[other];
        }

        return room >= bound[core];
    }

    private int TakeVector(int core)
    {
        for (var tried = 0; tried < PerCore; tried++)
        {
            var vector = FirstVector + nextVector[core];
            nextVector[core] = (nextVector[core] + 1) % PerCore;
            if (machine.Cores[core].BindingOf(vector).Kernel is null)
            {
                bound[core]++;
                return vector;
            }
        }

        throw new InvalidOperationException($"core {core} has no interrupt vector left");
    }

    private readonly record struct Doorbell(
        ScheduledContext? Context, int Function, short Message, short Core, byte Vector);
}
