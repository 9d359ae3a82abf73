namespace Disguise.Actors.Crossings;

/// <summary>
/// A kind of crossing. The set is open: kernels and devices define their own. A kind's stable
/// identity in the run hash is computed from its name, never from the order of definition.
/// </summary>
public sealed class CrossingKind
{
    /// <summary>Most kinds of one process.</summary>
    public const int Limit = 128;

    private static readonly Lock Gate = new();
    private static readonly List<CrossingKind> Defined = [];

    private CrossingKind(string name, CrossingClass crossingClass, int index)
    {
        Name = name;
        Class = crossingClass;
        Index = index;
        StableIdentity = (uint)Digest.OfText(name);
    }

    /// <summary>A system call: the caller traps into its kernel.</summary>
    public static CrossingKind SystemCall { get; } = Define("system-call");

    /// <summary>A kernel's answer to a system call: the return to user mode.</summary>
    public static CrossingKind SystemCallReturn { get; } = Define("system-call-return");

    /// <summary>An instruction that faults: the processor enters whoever handles that.</summary>
    public static CrossingKind Exception { get; } = Define("exception");

    /// <summary>The way back from an exception, to the instruction.</summary>
    public static CrossingKind ExceptionReturn { get; } = Define("exception-return");

    /// <summary>An interrupt delivered to a core.</summary>
    public static CrossingKind Interrupt { get; } = Define("interrupt");

    /// <summary>An entry into a domain at an address that the domain has chosen.</summary>
    public static CrossingKind Upcall { get; } = Define("upcall");

    /// <summary>A message between two processes through the kernel.</summary>
    public static CrossingKind Ipc { get; } = Define("ipc");

    /// <summary>A write to a mapped device register.</summary>
    public static CrossingKind Mmio { get; } = Define("mmio", CrossingClass.MappedRegister);

    /// <summary>A frame on a wire.</summary>
    public static CrossingKind Packet { get; } = Define("packet", CrossingClass.Device);

    /// <summary>A hand-over between the parts of one device.</summary>
    public static CrossingKind Device { get; } = Define("device", CrossingClass.Device);

    /// <summary>An order of the operator or of an injection.</summary>
    public static CrossingKind Operator { get; } = Define("operator", CrossingClass.Operator);

    /// <summary>The name: lower case, words joined by hyphens.</summary>
    public string Name { get; }

    /// <summary>What it counts as.</summary>
    public CrossingClass Class { get; }

    /// <summary>Index into counters of this process.</summary>
    public int Index { get; }

    /// <summary>Identity in the run hash.</summary>
    public uint StableIdentity { get; }

    /// <summary>Kinds defined so far.</summary>
    public static IReadOnlyList<CrossingKind> All
    {
        get
        {
            lock (Gate)
                return Defined.ToArray();
        }
    }

    /// <summary>Defines a kind, or finds the one of that name.</summary>
    public static CrossingKind Define(
        string name, CrossingClass crossingClass = CrossingClass.Protection)
    {
        lock (Gate)
        {
            var known = Defined.Find(kind => kind.Name == name);
            if (known is not null)
            {
                return known.Class == crossingClass ? known
                    : throw new InvalidOperationException($"{name} is {known.Class} already");
            }

            if (Defined.Count == Limit)
                throw new InvalidOperationException($"more than {Limit} kinds of crossing");
            var kind = new CrossingKind(name, crossingClass, Defined.Count);
            Defined.Add(kind);
            return kind;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
