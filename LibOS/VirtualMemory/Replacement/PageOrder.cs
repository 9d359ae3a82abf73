namespace Disguise.LibOS.VirtualMemory.Replacement;

/// <summary>Pages in an order, with a quick way to each.</summary>
internal sealed class PageOrder
{
    private readonly LinkedList<long> order = new();
    private readonly Dictionary<long, LinkedListNode<long>> nodes = [];

    /// <summary>How many.</summary>
    public int Count => order.Count;

    /// <summary>The first; there must be one.</summary>
    public long First => order.First!.Value;

    /// <summary>The last; there must be one.</summary>
    public long Last => order.Last!.Value;

    /// <summary>Puts a new page at the end.</summary>
    public void Add(long page) => nodes.Add(page, order.AddLast(page));

    /// <summary>Takes a page out, if it is in it.</summary>
    public void Remove(long page)
    {
        if (nodes.Remove(page, out var node))
            order.Remove(node);
    }

    /// <summary>Moves the first page to the end.</summary>
    public void Turn()
    {
        var node = order.First!;
        order.RemoveFirst();
        order.AddLast(node);
    }

    /// <summary>
    /// Moves those that hardware says were used to the end, in the order in which they are.
    /// </summary>
    public void MoveUsed(Kernels.Abstractions.Memory.IPageUse? use)
    {
        if (use is null)
            return;
        var node = order.First;
        for (var left = order.Count; left > 0; left--)
        {
            var next = node!.Next;
            if (use.TakeUsed(node.Value))
            {
                order.Remove(node);
                order.AddLast(node);
            }

            node = next;
        }
    }
}
