using Disguise.Hardware.Memory;

namespace Disguise.Kernels.Exokernel.Predicates;

/// <summary>A predicate in the kernel: its code, and what it looks at.</summary>
internal sealed class DownloadedPredicate
{
    private readonly PredicateCode code;
    private readonly long[] addresses;
    private readonly uint[] literals;
    private readonly WakeupPredicate source;

    /// <summary>A predicate that was checked, with the code of its shape.</summary>
    public DownloadedPredicate(WakeupPredicate source, PredicateCode code)
    {
        this.source = source;
        this.code = code;
        var words = new List<long>();
        var numbers = new List<uint>();
        foreach (var product in source.Products)
        {
            foreach (var term in product.Terms)
            {
                Sort(term.Left, words, numbers);
                Sort(term.Right, words, numbers);
            }
        }

        addresses = [.. words];
        literals = [.. numbers];
        Frames = FramesOf(addresses);
    }

    /// <summary>The frames that it looks at, in ascending order.</summary>
    public long[] Frames { get; }

    /// <summary>Physical addresses of the words that it looks at.</summary>
    public ReadOnlySpan<long> Addresses => addresses;

    /// <summary>Its products.</summary>
    public int ProductCount => source.Products.Length;

    /// <summary>
    /// Looks at memory. Whether a product holds, its tag, and how many were computed.
    /// </summary>
    public bool IsTrue(PhysicalMemory memory, out int tag, ref int products)
    {
        var number = code(memory, addresses, literals);
        products += number < 0 ? source.Products.Length : number + 1;
        tag = number < 0 ? 0 : source.Products[number].Tag;
        return number >= 0;
    }

    /// <summary>The frames of addresses, each once, in ascending order.</summary>
    public static long[] FramesOf(ReadOnlySpan<long> addresses)
    {
        var frames = new SortedSet<long>();
        foreach (var address in addresses)
            frames.Add(Frame.NumberOf(address));
        return [.. frames];
    }

    private static void Sort(PredicateOperand operand, List<long> words, List<uint> numbers)
    {
        if (operand.IsWord)
            words.Add(operand.Address);
        else
            numbers.Add(operand.Literal);
    }
}
