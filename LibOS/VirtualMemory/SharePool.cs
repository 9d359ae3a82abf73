namespace Disguise.LibOS.VirtualMemory;

/// <summary>
/// Numbers from 0 that are taken, shared and given back; what was given back last is taken first,
/// then the lowest that never was taken.
/// </summary>
internal sealed class SharePool(int limit)
{
    private int limit = limit;

    private readonly List<int> shares = [];
    private readonly Stack<int> free = new();

    /// <summary>Numbers in use.</summary>
    public int UsedCount => shares.Count - free.Count;

    /// <summary>There is one more number.</summary>
    public void Grow() => limit++;

    /// <summary>Takes one that nobody uses.</summary>
    public bool TryTake(out int number)
    {
        if (free.TryPop(out number))
        {
            shares[number] = 1;
            return true;
        }

        number = shares.Count;
        if (number >= limit)
            return false;
        shares.Add(1);
        return true;
    }

    /// <summary>One more uses it.</summary>
    public void Share(int number)
    {
        Require(number);
        shares[number]++;
    }

    /// <summary>One less does. True for the last.</summary>
    public bool Release(int number)
    {
        Require(number);
        if (--shares[number] > 0)
            return false;
        free.Push(number);
        return true;
    }

    /// <summary>How many use it; 0 for one that is free.</summary>
    public int SharesOf(int number) =>
        (uint)number < (uint)shares.Count ? shares[number] : 0;

    private void Require(int number)
    {
        if (SharesOf(number) == 0)
            throw new InvalidOperationException($"{number} is in nobody's use");
    }
}
