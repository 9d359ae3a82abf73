using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Disguise.Analyzers;

/// <summary>Knows which collections of the class library enumerate in no fixed order.</summary>
internal static class UnorderedCollections
{
    // An interface counts as unordered, since what stands behind it may be.
    private static readonly HashSet<string> Unordered = new(
        [
            "System.Collections.Hashtable",
            "System.Collections.IDictionary",
            "System.Collections.Generic.Dictionary`2",
            "System.Collections.Generic.Dictionary`2+KeyCollection",
            "System.Collections.Generic.Dictionary`2+ValueCollection",
            "System.Collections.Generic.HashSet`1",
            "System.Collections.Generic.IDictionary`2",
            "System.Collections.Generic.IReadOnlyDictionary`2",
            "System.Collections.Generic.IReadOnlySet`1",
            "System.Collections.Generic.ISet`1",
            "System.Collections.Generic.PriorityQueue`2+UnorderedItemsCollection",
            "System.Collections.ObjectModel.ReadOnlyDictionary`2",
            "System.Collections.ObjectModel.ReadOnlyDictionary`2+KeyCollection",
            "System.Collections.ObjectModel.ReadOnlyDictionary`2+ValueCollection",
            "System.Collections.ObjectModel.ReadOnlySet`1",
            "System.Collections.Concurrent.ConcurrentBag`1",
            "System.Collections.Concurrent.ConcurrentDictionary`2",
            "System.Collections.Frozen.FrozenDictionary`2",
            "System.Collections.Frozen.FrozenSet`1",
            "System.Collections.Immutable.IImmutableDictionary`2",
            "System.Collections.Immutable.IImmutableSet`1",
            "System.Collections.Immutable.ImmutableDictionary`2",
            "System.Collections.Immutable.ImmutableDictionary`2+Builder",
            "System.Collections.Immutable.ImmutableHashSet`1",
            "System.Collections.Immutable.ImmutableHashSet`1+Builder",
            "System.Runtime.CompilerServices.ConditionalWeakTable`2",
        ],
        StringComparer.Ordinal);

    // What forgets the order again: enumerating into these is harmless.
    private static readonly HashSet<string> Indifferent = new(
        [
            "System.Collections.Generic.SortedDictionary`2",
            "System.Collections.Generic.SortedList`2",
            "System.Collections.Generic.SortedSet`1",
            "System.Collections.Immutable.ImmutableSortedDictionary`2",
            "System.Collections.Immutable.ImmutableSortedSet`1",
            "System.Collections.Frozen.FrozenDictionary",
            "System.Collections.Frozen.FrozenSet",
            "System.Collections.Immutable.ImmutableSortedDictionary",
            "System.Collections.Immutable.ImmutableSortedSet",
        ],
        StringComparer.Ordinal);

    // Of LINQ, what gives the same answer for every order, or makes an order.
    private static readonly HashSet<string> IndifferentQueries = new(
        [
            "All", "Any", "Contains", "Count", "LongCount", "Order", "OrderDescending",
            "ToDictionary", "ToHashSet",
        ],
        StringComparer.Ordinal);

    /// <summary>Whether the value enumerates in no fixed order.</summary>
    public static bool IsUnordered(IOperation value)
    {
        value = WithoutConversion(value);
        return IsUnordered(value.Type)
            || (value is IPropertyReferenceOperation { Property: { Name: "Keys" or "Values" } view }
                && IsUnordered(view.ContainingType));
    }

    /// <summary>Whether the type or one that it derives from has no fixed order.</summary>
    public static bool IsUnordered(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type is INamedTypeSymbol named
                && Unordered.Contains(named.OriginalDefinition.RuntimeName()))
            {
                return true;
            }

            if (type is ITypeParameterSymbol parameter)
            {
                return parameter.ConstraintTypes.Any(IsUnordered);
            }
        }

        return false;
    }

    /// <summary>Whether a function that takes a sequence gives the same for every order.</summary>
    public static bool IsIndifferentToOrder(IMethodSymbol function)
    {
        var type = function.ContainingType.OriginalDefinition;
        return IsUnordered(type)
            || Indifferent.Contains(type.RuntimeName())
            || (type.RuntimeName() == "System.Linq.Enumerable"
                && IndifferentQueries.Contains(function.Name));
    }

    /// <summary>The value as it was before the compiler or a cast widened it.</summary>
    public static IOperation WithoutConversion(IOperation value)
    {
        while (value is IConversionOperation { OperatorMethod: null } conversion)
        {
            value = conversion.Operand;
        }

        return value;
    }
}
