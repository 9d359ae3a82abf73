using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Predicates;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// What environments sleep for. Predicates are looked at when a slice comes up; while a core has
/// nobody to run its kernel would look all the time, and so sees a write to a word at once.
/// </summary>
internal sealed class Sleepers : IPredicateMemory, IMemoryWatcher
{
    private readonly KernelState state;
    private readonly PredicateBook book;
    private readonly SortedDictionary<long, int> watches = [];
    private readonly List<(long Address, Capability Shown)>?[] titles;
    private readonly List<(int Environment, DownloadedPredicate Predicate)> dropped = [];
    private bool isTold;

    public Sleepers(KernelState state)
    {
        this.state = state;
        book = new PredicateBook(
            state.Machine.Memory, this, state.Options.EnvironmentLimit, state.Machine.Guards);
        titles = new List<(long Address, Capability Shown)>?[state.Options.EnvironmentLimit];
    }

    /// <summary>The predicate that an environment sleeps for, or none.</summary>
    public DownloadedPredicate? PredicateOf(int environment) => book[environment];

    private PhysicalMemory Memory => state.Machine.Memory;

    /// <summary>Whether an environment may sleep for a predicate; it does then.</summary>
    public PredicateRefusal TryDownload(
        EnvironmentRecord environment, WakeupPredicate predicate)
    {
        var refusal = book.Check(environment.Number, predicate);
        if (refusal != PredicateRefusal.None)
            return refusal;
        book.Download(environment.Number, predicate);
        NoteTitles(environment.Number, predicate);
        foreach (var address in book[environment.Number]!.Addresses)
            Watch(LineOf(address));
        return PredicateRefusal.None;
    }

    /// <summary>
    /// The words that an environment looks at, and what it has shown for each: to be checked once
    /// more from outside.
    /// </summary>
    public IReadOnlyList<(long Address, Capability Shown)> TitlesOf(int environment) =>
        book[environment] is null ? [] : titles[environment]!;

    /// <summary>Whether what an environment sleeps for is there.</summary>
    public bool IsDue(int environment, ref int products)
    {
        var predicate = book[environment];
        if (!book.IsDue(environment, ref products))
            return false;
        if (predicate is not null)
            Unwatch(predicate);
        return true;
    }

    /// <summary>
    /// An environment runs and looks no more. The word that its library gets: its number, and the
    /// tag of what has woken it.
    /// </summary>
    public long Awake(int environment)
    {
        var word = (uint)environment | ((long)book.TagOf(environment) << 32);
        Forget(environment);
        return word;
    }

    /// <summary>An environment looks no more.</summary>
    public void Forget(int environment)
    {
        if (book[environment] is { } predicate)
            Unwatch(predicate);
        book.Forget(environment);
        titles[environment]?.Clear();
    }

    /// <summary>A frame changes hands: whoever looks at it wakes and looks no more.</summary>
    public void Break(long frame)
    {
        dropped.Clear();
        book.Break(frame, dropped);
        foreach (var (_, predicate) in dropped)
            Unwatch(predicate);
        if (dropped.Count > 0)
            Tell();
    }

    /// <summary>The kernel looks now at what was written.</summary>
    public void Looked() => isTold = false;

    bool IPredicateMemory.MayRead(int environment, int credential, long address) =>
        state.Memory.Credentials.Show(environment, credential, out var shown)
            == ExokernelRefusal.None
        && (state.Memory.Frames.CheckAccess(
                Frame.NumberOf(address), shown, isForWriting: false) == ExokernelRefusal.None
            || state.Regions.MayRead(
                environment, credential, address, PredicateOperand.WordBytes));

    void IMemoryWatcher.Written(long physicalAddress, int lengthBytes) => Tell();

    private void Tell()
    {
        if (isTold)
            return;
        isTold = true;
        state.Machine.Island.Schedule(
            state.NowPs, state.Kernel, ExokernelProtocol.WordWritten.Instance, state.Kernel);
    }

    private void NoteTitles(int environment, WakeupPredicate predicate)
    {
        var shown = titles[environment] ??= [];
        shown.Clear();
        foreach (var product in predicate.Products)
        {
            foreach (var term in product.Terms)
            {
                Note(term.Left);
                Note(term.Right);
            }
        }

        void Note(in PredicateOperand operand)
        {
            if (!operand.IsWord)
                return;
            state.Memory.Credentials.Show(environment, operand.Credential, out var credential);
            shown.Add((operand.Address, credential));
        }
    }

    private static long LineOf(long address) => address & -PhysicalMemory.LineSizeBytes;

    private void Watch(long line)
    {
        watches.TryGetValue(line, out var count);
        if (count == 0)
            Memory.Watch(line, this);
        watches[line] = count + 1;
    }

    private void Unwatch(DownloadedPredicate predicate)
    {
        foreach (var address in predicate.Addresses)
        {
            var line = LineOf(address);
            if (--watches[line] > 0)
                continue;
            watches.Remove(line);
            // The watch of a frame that was freed is gone already.
            Memory.Unwatch(line, this);
        }
    }
}
